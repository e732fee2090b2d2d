from tests.journeys.test_tabs import *
from tests.journeys.test_tabs import the_session_ends as tse
def test_trace(context, site, tab, client):
    first, second = tab(f"{client}/contacts/new"), tab(f"{client}/goals/new")
    for n,p in (("1",first),("2",second)):
        p.on("response", lambda r,n=n: print(n,r.request.method,r.status,r.url[-50:]) if "static" not in r.url else 0)
    first.get_by_label("Note").fill(NOTE)
    second.locator("[name=words]").fill("To sleep through the night")
    tse(context, site, first)
    second.wait_for_url("**/accounts/login/**")
    first.wait_for_timeout(1000); print("signing in")
    sign_in_again(first, site)
    expect(first.get_by_label("Note")).to_have_value(NOTE)
    second.goto(f"{client}/goals/new")
    print("value", second.locator("[name=words]").input_value())
