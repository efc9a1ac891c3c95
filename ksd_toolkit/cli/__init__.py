"""The `ksd` command."""

import gc
import os

# A run holds much until its end: Python would look through all of it for garbage again and again.
gc.set_threshold(50_000, 20, 20)
# Its matrices are small, and a process with one thread can fork itself for each notebook. Read by NumPy when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from ksd_toolkit.cli.agreement_files import export as agreements_export
from ksd_toolkit.cli.agreement_files import form as agreements_form
from ksd_toolkit.cli.agreement_reminders import calendar as agreements_calendar
from ksd_toolkit.cli.agreement_reminders import remind as agreements_remind
from ksd_toolkit.cli.agreements import app as agreements_app
from ksd_toolkit.cli.batch import batch
from ksd_toolkit.cli.commands import app
from ksd_toolkit.cli.compare import compare
from ksd_toolkit.cli.form import app as form_app
from ksd_toolkit.cli.forum import app as forum_app
from ksd_toolkit.cli.index import index
from ksd_toolkit.cli.partners import partners
from ksd_toolkit.cli.plenary import plenary
from ksd_toolkit.cli.prepare import prepare
from ksd_toolkit.cli.privacy import app as privacy_app
from ksd_toolkit.cli.regions import app as regions_app
from ksd_toolkit.cli.register import app as register_app
from ksd_toolkit.cli.rollup import roll_up
from ksd_toolkit.cli.run import publish, run
from ksd_toolkit.cli.serving import app as serve
from ksd_toolkit.cli.simulate import simulate
from ksd_toolkit.cli.trace import trace, verify
from ksd_toolkit.cli.weights import weights
from ksd_toolkit.cli.what_if import what_if

app.command()(run)
app.command()(batch)
app.command()(publish)
app.command()(prepare)
app.command()(roll_up)
app.command()(compare)
app.command()(partners)
app.command()(plenary)
app.command()(trace)
app.command()(verify)
app.command()(simulate)
app.command()(index)
app.command()(weights)
app.command("app")(serve)
app.command()(what_if)
agreements_app.command("remind")(agreements_remind)
agreements_app.command("calendar")(agreements_calendar)
agreements_app.command("export")(agreements_export)
agreements_app.command("form")(agreements_form)
app.add_typer(agreements_app)
app.add_typer(form_app)
app.add_typer(forum_app)
app.add_typer(privacy_app)
app.add_typer(register_app)
app.add_typer(regions_app)

__all__ = ["app"]
