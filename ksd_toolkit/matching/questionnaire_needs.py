"""What questionnaires say of needs and capacities, cell by cell: ours, and those of other regions in the project.

What others say is taken from the registers that were taken in already, until it is gathered: then every region
of the period hears the same, whichever is made first, until it is gathered again.
"""

from dataclasses import replace

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import KsdError
from ksd_toolkit.matching.gathered import Others, read_gathered
from ksd_toolkit.matching.profiles import Heard
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.matching.spoken import heard_in, spoken_of
from ksd_toolkit.project import dossier_names
from ksd_toolkit.register import Register, kept_register


def said_in(register: Register, settings: MatchSettings) -> tuple[Heard, ...]:
    """What each usulan of a register says of each of its cells; see `heard_in`."""
    return heard_in(spoken_of(register), settings)


def others_of(dossier: Dossier) -> Others:
    """What the other regions of a dossier's project say up to its period.

    Raises:
        RunError: What was gathered of the period cannot be read.
    """
    gathered = read_gathered(dossier.root, dossier.period)
    if gathered is not None:
        theirs = tuple(one for one in gathered.spoken if one.code != dossier.region.code)
        return replace(gathered, spoken=theirs)
    registers, failed = kept_registers(dossier)
    return Others(tuple(map(spoken_of, registers)), failed)


def kept_registers(dossier: Dossier) -> tuple[tuple[Register, ...], tuple[str, ...]]:
    """The registers of other regions in the project that were already taken in; no file is read for it.

    Of each region the newest period that is not after ours counts.

    Returns:
        The registers, and the names of dossiers that could not be opened.
    """
    own = dossier.name.partition("/")[0]
    found: dict[str, Register] = {}
    failed = []
    for name in sorted(dossier_names(dossier.root), reverse=True):
        region, _, period = name.partition("/")
        if region == own or period > dossier.period or region in found:
            continue
        try:
            other = open_dossier(name, home=dossier.root)
            register = kept_register(other)
        except KsdError:
            failed.append(name)
            continue
        if register is not None and other.region.code != dossier.region.code:
            found[region] = register
    return tuple(found[region] for region in sorted(found)), tuple(sorted(failed))
