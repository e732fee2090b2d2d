"""Scans the running demo with wapiti: `python tools/scan.py /path/to/wapiti FOLDER`.

It starts a demo of its own, with invented people and on this computer only, over https as a real site is, and looks at
it three times: as somebody who has not signed in, as a practitioner and as a service lead. How often one may ask is not
limited for it: every question is to reach its page, and an answer that differs because it was one too many looks to a
scanner like a weakness. Ends with 1 when something above informational is
found.
"""

import http.cookiejar
import json
import re
import ssl
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PORT = 8741
HOST = "localhost"
SITE = f"https://{HOST}:{PORT}"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) scan"
MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,information_disclosure,ldap,methods,"
    "permanentxss,redirect,sql,timesql,upload,xss"
)
LEADS_AWAY = ("/accounts/logout/*", "/accounts/2fa/sessions/end/*", "/leave*", "/demo/*", "/static/*")
ROLES = ("Practitioner", "Service lead")
SECONDS = {"crawl": 90, "module": 40}
OF_A_KIND = 6  # how many pages of one kind are looked at: one person’s page is like another’s
SERVE = """
import functools, os, uvicorn
os.environ["ALONGSIDE_HOME"] = {home!r}
from alongside.demo import start
from alongside.core import serving
run = serving.run
def unlimited(listening, **said):
    from django.conf import settings
    from alongside.access import limits
    settings.ACCOUNT_RATE_LIMITS = False
    limits._count = lambda *_: 0
    run(listening, **said)
serving.run = unlimited
serving.address = lambda listening, name="": {site!r}
uvicorn.Config = functools.partial(uvicorn.Config, ssl_certfile={cert!r}, ssl_keyfile={cert!r})
start.start({port}, serve=True)
"""


def main(wapiti: str, folder: Path) -> int:
    """Scan as each of them; say what was found."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo(folder / "home") as links:
        cookies = {"nobody": None} | {role: signed_in(links[role]) for role in ROLES}
        with ThreadPoolExecutor() as together:
            running = {who: together.submit(scan, wapiti, folder, who, cookie) for who, cookie in cookies.items()}
        found = {who: one.result() for who, one in running.items()}
        for who, cookie in cookies.items():
            if cookie is not None and not still_in(cookie):
                print(f"{who}: the scan signed itself out on the way, so part of it was done as nobody.")
    for who, report in found.items():
        kinds = {kind: len(places) for kind, places in report["vulnerabilities"].items() if places}
        crawled = report["infos"]["crawled_pages_nbr"]
        print(f"{who}: {crawled} pages crawled. Weaknesses: {kinds or 'none'}. Faults: {faults(report) or 'none'}.")
    return int(any(any(report["vulnerabilities"].values()) or faults(report) for report in found.values()))


def faults(report: dict[str, Any]) -> dict[str, int]:
    """What wapiti calls an anomaly: an answer of 500, or none."""
    return {kind: len(places) for kind, places in report["anomalies"].items() if places}


@contextmanager
def demo(home: Path) -> Iterator[dict[str, str]]:
    """Serve the demo while the block runs; gives the sign-in link of each role."""
    certificate = home.with_name("certificate.pem")
    make_certificate(certificate)
    code = SERVE.format(home=str(home), site=SITE, cert=str(certificate), port=PORT)
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline() for _ in range(3)]
        yield {line.partition(",")[0]: re.findall(r"http\S+", line)[0] for line in lines}
    finally:
        process.terminate()
        process.wait(timeout=20)


def _browser(jar: http.cookiejar.CookieJar) -> urllib.request.OpenerDirector:
    anybody = ssl._create_unverified_context()  # noqa: S323 - its certificate is a minute old, and of this computer
    secured = urllib.request.HTTPSHandler(context=anybody)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), secured)
    browser.addheaders = [("User-Agent", AGENT), ("Referer", SITE)]
    return browser


def make_certificate(file: Path) -> None:
    """Write a certificate for this computer alone, good for a day, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    signed = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(key.private_bytes(*plain) + signed)


def signed_in(link: str) -> http.cookiejar.CookieJar:
    """Use a sign-in link, as the person would: open the page, press the button."""
    jar = http.cookiejar.CookieJar()
    browser = _browser(jar)
    page = browser.open(link, timeout=60).read().decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    browser.open(link, data=urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode(), timeout=60).read()
    return jar


def still_in(jar: http.cookiejar.CookieJar) -> bool:
    """Whether the session goes on after the scan."""
    browser = _browser(jar)
    return str(browser.open(f"{SITE}/today", timeout=60).url).endswith("/today")


def scan(wapiti: str, folder: Path, who: str, jar: http.cookiejar.CookieJar | None) -> dict[str, Any]:
    """Crawl and attack as one of them; gives wapiti's report."""
    name = who.lower().replace(" ", "-")
    report = folder / f"{name}.json"
    command = [wapiti, "--url", f"{SITE}/", "--module", MODULES, "--format", "json", "--output", str(report)]
    command += ["--flush-session", "--store-session", str(folder / f"{name}.session"), "--no-bugreport", "--color"]
    command += ["--max-scan-time", str(SECONDS["crawl"]), "--max-attack-time", str(SECONDS["module"]), "--tasks", "4"]
    command += ["--max-files-per-dir", str(OF_A_KIND), "--max-parameters", "30"]
    command += ["--verify-ssl", "0", "--user-agent", AGENT]
    for address in LEADS_AWAY:
        command += ["--exclude", f"{SITE}{address}"]
    if jar is not None:
        file = folder / f"{name}.cookies"
        file.write_text(json.dumps({f".{HOST}.local": {"/": {one.name: _as_it_keeps(one) for one in jar}}}), "utf-8")
        command += ["--cookie", str(file)]
        command += ["--start", f"{SITE}/today"]
    with (folder / f"{name}.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
    read: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return read


def _as_it_keeps(cookie: http.cookiejar.Cookie) -> dict[str, Any]:
    """A cookie in the form that wapiti reads."""
    return {"value": cookie.value, "expires": None, "secure": False, "port": None, "version": 0}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
