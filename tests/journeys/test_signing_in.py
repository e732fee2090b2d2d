"""Signing in without a password: somebody sets up a passkey on their laptop, and comes in with it the next day."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.screen import PHONE
from tests.journeys.sentences import Journey
from tests.journeys.working import DAFYDD, PRIYA

FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}


class TestAPasskey(Journey):
    def given_a_laptop_that_reads_fingers(self) -> None:
        self.device = self.screen.context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable")
        self.finger = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})["authenticatorId"]

    def when_my_finger_is_not_known(self) -> None:
        self.device.send("WebAuthn.setUserVerified", {"authenticatorId": self.finger, "isUserVerified": False})

    def when_i_set_up_a_passkey(self, name: str) -> None:
        self.when_i_open("/accounts/2fa/")
        self.when_i_follow("Set up a passkey")
        self.when_i_type(name, into="Name of this passkey")
        self.button("Set up this passkey").click()
        expect(self.page.get_by_text("Your passkey is set up.")).to_be_visible()

    def test_is_set_up_named_used_and_removed(self) -> None:
        self.given_i_am(PRIYA)
        self.given_a_laptop_that_reads_fingers()
        self.when_i_set_up_a_passkey("Work laptop")
        self.when_i_open("/accounts/2fa/")
        self.then_i_read("Work laptop")
        self.when_i_follow(re.compile("^Name Work laptop"))
        self.when_i_type("Old laptop", into="Name of this passkey")
        self.when_i_press("Save")
        self.then_i_read("Old laptop")
        self.when_i_open("/accounts/logout/")
        self.page.locator("main").get_by_role("button", name="Sign out").click()
        self.when_i_open("/clients")
        self.then_i_am_asked_to_sign_in()
        self.button("Sign in with a passkey").click()
        expect(self.page.get_by_role("heading", level=1, name=re.compile("Clients|People"))).to_be_visible()
        self.when_i_open("/accounts/2fa/")
        self.when_i_follow(re.compile("^Remove Old laptop"))
        self.when_i_press("Remove it")
        self.then_i_read("The passkey is removed.")
        self.then_i_do_not_read("Old laptop")

    def test_counts_as_the_second_factor_and_shows_again_who_one_is(self) -> None:
        self.given_i_am(DAFYDD)
        self.given_a_laptop_that_reads_fingers()
        self.when_i_set_up_a_passkey("Work laptop")
        self.when_i_open("/accounts/2fa/passkeys/reauthenticate/?next=/today")
        self.button("Use your passkey").click()
        self.page.wait_for_url(f"{self.site.address}/today")
        self.when_i_open("/accounts/logout/")
        self.page.locator("main").get_by_role("button", name="Sign out").click()
        self.when_i_open("/today")
        self.when_i_type("dafydd@wrenstreet.example", into="Your work email")
        self.when_i_type(self.site.password, into="Your password")
        self.when_i_press("Continue")
        self.then_the_heading_is("Show us that it is you")
        self.button("Use your passkey").click()
        self.page.wait_for_url(f"{self.site.address}/today")

    def test_a_finger_that_the_device_does_not_know_opens_nothing(self) -> None:
        self.given_a_screen()
        self.when_i_open("/accounts/login/")
        self.given_a_laptop_that_reads_fingers()
        self.when_my_finger_is_not_known()
        self.button("Sign in with a passkey").click()
        expect(self.page.get_by_role("alert")).to_contain_text("Nothing was sent")

    @pytest.mark.parametrize("look", LOOKS)
    def test_one_s_own_sign_in_reads_well(self, look: str) -> None:
        self.given_i_am(PRIYA, **LOOKS[look])
        for page in ("", "passkeys/add/", "recovery-codes/generate/"):
            self.when_i_open(f"/accounts/2fa/{page}")
        self.when_i_open("/accounts/reauthenticate/")
        self.then_the_heading_is("Is it still you?")
