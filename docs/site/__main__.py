"""Build the documents as a site that works from disk: `make docs`, or `python -m docs.site`.

A warning is an error. Nothing on a page is fetched from outside.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

from docs.site import check, live, stage

ROOT = Path(__file__).parents[2]
OUT = ROOT / "results" / "site"


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="the folder of the site; what was there is replaced")
    out = parser.parse_args(words).out.resolve()
    try:
        from sphinx.cmd.build import build_main
    except ImportError:
        sys.stderr.write("The site needs Sphinx: pip install 'doctrine-sim[docs]'\n")
        return 1
    began = time.monotonic()
    work = out.with_name(f".{out.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    there, told = live.made(work / live.NAME, ROOT / "results" / "wheels")
    stage.stage(ROOT, work / "source", told)
    code = build_main([
        *("--quiet", "--fail-on-warning", "--keep-going", "--fresh-env"),
        *("-b", "html", "-c", str(Path(__file__).parent), "-d", str(work / "doctrees")),
        *(str(work / "source"), str(work / "html")),
    ])  # fmt: skip
    if code == 0 and there:
        (work / live.NAME).rename(work / "html" / live.NAME)
    wrong = check.faults(work / "html") if code == 0 else []
    sys.stderr.writelines(f"{fault}\n" for fault in wrong)
    if code == 0 and not wrong:
        shutil.rmtree(out, ignore_errors=True)
        (work / "html").rename(out)
        pages = sum(1 for _ in out.rglob("*.html"))
        print(f"{pages} pages in {time.monotonic() - began:.0f} s; open {out / 'index.html'}")
    shutil.rmtree(work, ignore_errors=True)
    return code or bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
