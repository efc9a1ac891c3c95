"""What a plenary decided is traced to its record, beside the computed rank."""

from ksd_toolkit.document import Origin
from ksd_toolkit.publishing.computations import computed
from ksd_toolkit.publishing.evidence import Evidence
from tests.plenary.conftest import move


def test_a_final_rank_leads_to_the_record_and_to_the_computed_rank(room):
    outcome = room.decide(move("DINKES-03", 1, "Mendesak menurut pleno"))
    owners = dict.fromkeys(map(str, outcome.table.index), "DINKES")
    evidence = Evidence(outcome.ranking.register, outcome.ranking, outcome, "id", owners)
    moved = computed(evidence, Origin("final_rank", "usulan/DINKES-03"))
    assert moved.decided == outcome.table.at["DINKES-03", "source"] != ""
    assert "pleno.toml" in moved.decided
    assert "Mendesak menurut pleno" in moved.sentence
    silent = computed(evidence, Origin("final_rank", "usulan/DINKES-05"))
    assert silent.decided == ""
    assert "DINKES-05" in silent.sentence
    weight = computed(evidence, Origin("agreed", "kriteria/U"))
    assert outcome.ranking.method.name in weight.sentence
    decided = computed(evidence, Origin("decision:ditetapkan", "usulan/*"))
    assert set(decided.counted) == set(outcome.set_list.index)
