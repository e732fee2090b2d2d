"""The staff of the demo who work in these journeys, and the sentences that their work begins with."""

from tests.journeys.sentences import Journey

AMARA, DAFYDD, PRIYA, CALLUM = "Amara Osei", "Dafydd Pryce", "Priya Nair", "Callum Reid"
JO, HELEN = "Jo Marsh", "Helen Marlowe"
FORTNIGHT = "With today’s session, about the last fortnight"


class Practitioner(Journey):
    """Somebody with a client’s page in front of them."""

    def when_i_open_the_page_of(self, client: str) -> None:
        self.when_i_open(self.site.ask("page_of", client))
        self.then_the_heading_is(client)

    def when_i_take_a_form(self) -> None:
        self.when_i_follow("Take a form")
        self.when_i_follow("Service evaluation form")
        self.when_i_choose(FORTNIGHT)
        self.when_i_press("Go on")
