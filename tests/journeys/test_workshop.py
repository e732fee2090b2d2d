"""A workshop from its plan to its document: somebody who leads, and six people in three pairs."""

import re

from playwright.sync_api import expect

from tests.journeys.screen import PHONE
from tests.journeys.working import JO
from tests.journeys.workshopping import PAIRS, SOON, Keyboard, Mouse, Workshopping

WRITTEN = (
    ("A door to the street", "Tea first"),
    ("Say who will be there", "A chair by the window"),
    ("Evenings, please", "A text the day before"),
    ("No forms at the door", "The bus stops at six"),
    ("A map with a photograph", "Somebody at the gate"),
    ("Quiet music or none", "Tell us how long it takes"),
)
ARRIVING, TIMES = "Arriving", "When it is open"
TALKED = ("A lamp over the door", "Two evenings", "Ask the bus company", "A bell", "Saturdays too", "A path of lights")
STAYED, TOGETHER = "I thought of the gate all week", "Begin with one evening, and count who came"
ISSUES = (("Open after work", "People want evenings; staff need theirs."), ("Finding the door", ""))


class FromJoiningToThePdf(Workshopping):
    """The whole way, with the hands that a class below has."""

    title: str

    def test_six_people_come_from_a_code_to_a_page_that_tells_it_all(self) -> None:
        self.given_a_facilitator(JO)
        self.given_people(6)
        with self.at(self.lead):
            self.when_i_plan(self.title)
            self.when_i_sign_its_assessment()
            self.when_i_open_it()
        self.when_everybody_sits_down()
        self.when_pairs_write()
        self.when_notes_are_gathered()
        self.when_themes_are_chosen()
        self.when_people_talk()
        self.when_everybody_says_goodbye("Thank you")
        self.when_the_second_session_begins()
        self.when_key_issues_are_named_and_chosen()
        self.when_the_group_writes_together()
        self.when_everybody_says_goodbye("Until next year")
        self.then_the_document_tells_every_note_and_what_became_of_it()

    def begun(self, part: str) -> None:
        """Whoever leads begins a part, and everybody is there."""
        with self.at(self.lead):
            self.when_i_begin(part)

    def when_everybody_sits_down(self) -> None:
        code = self.code()
        for number in self.everybody():
            self.when_i_join(code, board=PAIRS[number // 2])
            self.then_the_heading_is(PAIRS[number // 2])
            self.then_i_read("This part has not begun.")

    def when_pairs_write(self) -> None:
        self.begun("Write in pairs")
        for number in self.everybody():
            self.page.get_by_label("Your note").wait_for(timeout=SOON)
            self.then_i_read(re.compile("^About 25 minutes left for this"), "Next:")
            self.when_i_write(*WRITTEN[number])
        with self.at(self.people[0]):
            self.then_i_read(*WRITTEN[1])
            self.then_i_do_not_read(*WRITTEN[2])

    def when_notes_are_gathered(self) -> None:
        with self.at(self.people[5]):
            self.when_i_type("I am in the middle of", into="Your note")
        self.begun("Gather into themes")
        with self.at(self.people[5]):
            self.then_i_read(re.compile("The next part has begun:"))
            expect(self.page.get_by_label("Your note")).to_have_value("I am in the middle of")
        with self.at(self.people[4]):
            self.then_the_heading_is_soon("Wall")  # the page goes there by itself
        for number in self.everybody():
            if number != 4:
                self.when_i_go_to("Wall")
        with self.at(self.lead):
            self.when_i_follow("Wall")
            for theme in (ARRIVING, TIMES):
                self.when_i_type(theme, into="A new theme")
                self.when_i_press("Add the theme")
            for words, theme in (
                (WRITTEN[0][0], ARRIVING), (WRITTEN[3][0], ARRIVING), (WRITTEN[4][0], ARRIVING),
                (WRITTEN[2][0], TIMES), (WRITTEN[3][1], ARRIVING),
            ):  # fmt: skip
                self.when_i_move(words, theme)
            self.when_i_press_here("Put it back")
            self.then_it_stands_in(WRITTEN[3][1], "Not in a theme yet")
            self.when_i_move(WRITTEN[3][1], TIMES)
        with self.at(self.people[0]):
            self.then_it_stands_in(WRITTEN[4][0], ARRIVING)
            self.then_it_stands_in(WRITTEN[3][1], TIMES)

    def when_themes_are_chosen(self) -> None:
        self.begun("Choose")
        for number in self.everybody():
            self.when_i_go_to("Vote")
            self.when_i_choose(ARRIVING)
            if number % 2:
                self.when_i_choose(TIMES)
            self.when_i_press_here("Save my choices")
            self.then_i_read("Your choices are kept.")
        with self.at(self.lead):
            self.then_i_read("6 people have chosen so far.")
            self.then_i_do_not_read("6 votes")

    def when_people_talk(self) -> None:
        self.begun("Talk")
        with self.at(self.people[0]):
            self.then_i_read("The vote is over. Here is what came of it.", "6 votes", "3 votes")
        with self.at(self.lead):
            self.when_i_lay_out_another_board_about(ARRIVING)
        for number in self.everybody():
            self.when_i_go_to("Where to sit")
            self.when_i_press((ARRIVING, f"{ARRIVING}, 2", TIMES)[number // 2])
            self.when_i_write(TALKED[number])

    def when_everybody_says_goodbye(self, words: str) -> None:
        self.begun("Closing thoughts")
        for number in self.everybody():
            self.when_i_go_to("Closing thoughts")
            self.when_i_write(f"{words}, {number + 1}")
        with self.at(self.lead):
            self.when_i_press(re.compile("^End it(?! and)"))
        with self.at(self.people[0]):
            self.then_i_read("This part is over.")

    def when_the_second_session_begins(self) -> None:
        self.begun("Look back")
        with self.at(self.people[0]):
            self.when_i_go_to("Reflections")
            self.when_i_write(STAYED)

    def when_key_issues_are_named_and_chosen(self) -> None:
        self.begun("Name the key issues")
        for number, (title, tension) in enumerate(ISSUES):
            with self.at(self.people[number]):
                self.when_i_go_to("Key issues")
                self.when_i_type(title, into="The issue in a few words")
                self.when_i_type(tension, into="What pulls in two directions? (optional)")
                self.when_i_press("Propose it")
                self.then_i_read("Your key issue is there. Nothing says who proposed it.")
        self.begun("Choose what to talk about")
        for _ in self.everybody():
            self.when_i_go_to("Vote")
            self.when_i_choose(ISSUES[0][0])
            self.when_i_press_here("Save my choices")
            self.then_i_read("Your choices are kept.")
        with self.at(self.lead):
            self.when_i_follow("The key issues of this group")
            self.when_i_press(re.compile(f"^Select it {ISSUES[0][0]}"))
            self.when_i_follow(self.title)

    def when_the_group_writes_together(self) -> None:
        self.begun("Write together")
        with self.at(self.people[2]):
            self.when_i_go_to(ISSUES[0][0])
            self.then_i_read(ISSUES[0][1])
            self.when_i_write(TOGETHER)

    def then_the_document_tells_every_note_and_what_became_of_it(self) -> None:
        with self.at(self.lead):
            self.when_i_follow("The document")
            self.when_i_follow("Look at the words and issue it")
            self.then_i_read("it has a day or a date (“Saturdays”)")
            self.when_i_choose("Print it")
            self.when_i_choose("I have read every note, and none of those printed tells who wrote it")
            self.when_i_press("Issue the document")
            self.then_i_read("The document is issued.")
            slug = self.page.url.split("/")[-3]
            words = self.pdf(slug)
            said = [*(note for pair in WRITTEN for note in pair), *TALKED, STAYED, TOGETHER, *ISSUES[0], ISSUES[1][0]]
            assert [note for note in said if note not in words] == []
            assert f"Theme: {ARRIVING}" in words
            assert "From these notes:" in words
            assert "What came of it:" in words
            self.when_i_open(f"/workshops/{slug}/")
            self.when_i_follow("Close the workshop")
            self.when_i_press("Close the workshop")
            self.then_i_read("The workshop is closed.")

    def then_the_heading_is_soon(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words, timeout=SOON)


class TestByMouse(FromJoiningToThePdf):
    title, hands = "Rooms to come to", Mouse()


class TestByKeyboardAlone(FromJoiningToThePdf):
    title, hands = "Doors to come through", Keyboard()


class TestOneEvening(Workshopping):
    """What may happen on the way."""

    def given_pairs_that_write(self, title: str, count: int, **look: object) -> None:
        self.given_a_facilitator(JO)
        self.given_people(count, **look)
        with self.at(self.lead):
            self.when_i_plan(title, script="One short session")
            self.when_i_sign_its_assessment()
            self.when_i_open_it(pairs=1)
            self.when_i_begin("Write in pairs")
        code = self.code()
        for _ in self.everybody():
            self.when_i_join(code, board="Pair 1")

    def test_a_note_written_without_a_line_is_sent_once(self) -> None:
        self.given_pairs_that_write("When the line is away", 2)
        with self.at(self.people[0]):
            self.screen.context.set_offline(True)
            self.when_i_type("Written on the train", into="Your note")
            self.when_i_press_here("Add a note")
            self.then_i_read("1 note is waiting to be sent. Keep this page open.")
            self.screen.context.set_offline(False)
            expect(self.page.locator("#waiting")).to_have_text("", timeout=SOON)
            self.screen.may_say("net::ERR")
        with self.at(self.people[1]):
            expect(self.page.locator(".note", has_text="Written on the train")).to_have_count(1, timeout=SOON)

    def test_whoever_leaves_comes_back_and_has_a_new_seat(self) -> None:
        self.given_pairs_that_write("Coming and going", 1, **PHONE)
        with self.at(self.people[0]):
            self.when_i_write("Still here tomorrow")
            self.when_i_follow("Take a break")
            self.then_i_read("Your seat is kept. Nobody is told that you are away.")
            self.when_i_follow("Come back")
            self.then_i_read("Still here tomorrow", "Take back this note")
            self.when_i_follow("Take a break")
            self.when_i_follow("Leave the workshop")
            self.when_i_press("Leave")
            self.then_i_read("Thank you for being there.")
            self.when_i_join(self.code(), board="Pair 1")
            self.then_i_read("Still here tomorrow")
            self.then_i_do_not_read("Take back")

    def test_more_choices_than_there_are_change_nothing(self) -> None:
        self.given_pairs_that_write("Three of two", 1)
        with self.at(self.people[0]):
            self.when_i_write("A lamp")
        with self.at(self.lead):
            self.when_i_begin("Gather into themes")
            self.when_i_follow("Wall")
            for theme in ("Light", "Tea", "Time"):
                self.when_i_type(theme, into="A new theme")
                self.when_i_press("Add the theme")
            self.when_i_begin("Choose")
        with self.at(self.people[0]):
            self.when_i_go_to("Vote")
            for theme in ("Light", "Tea", "Time"):
                self.when_i_choose(theme)
            self.when_i_press_here("Save my choices")
            self.then_i_read("That is more than 2 choices. Nothing was changed: take some away, then save again.")
            self.page.get_by_label("Time", exact=True).uncheck()
            self.when_i_press_here("Save my choices")
            self.then_i_read("Your choices are kept.")
            self.screen.may_say("status of 400", "/votes")
        with self.at(self.lead):
            self.then_i_read("1 person has chosen so far.")
