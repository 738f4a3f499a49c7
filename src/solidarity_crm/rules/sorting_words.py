"""The words by which a form's reply is sorted, as they come with the program; ``[intake]`` in the settings adds to them.

Folded as texts are before they are compared, so without capitals, accents and apostrophes; several words are a phrase.
"""

from __future__ import annotations

KIND_WORDS = {
    "information": (
        "information, policy, policies, guideline, guidelines, guidance document, guidance documents, strategy, strategies, protocol, protocols, "
        "legislation, standards, leaflet, leaflets, toolkit, toolkits"
    ),
    "introductions": (
        "introduction, introductions, introduce, introduce you, put you in touch, put you in contact, connect you, contacts at, i know people,"
        "i know someone, speak to a colleague, colleague who, colleagues who, link you"
    ),
    "advice": (
        "advice, advise, guidance, support, encouragement, mentor, mentoring, volunteer, volunteering, expertise, sounding board, training,"
        "supervision, consultancy, bounce ideas"
    ),
    "practice": (
        "positive practice, good practice, best practice, examples of, example of, case study, case studies, what works, clinic we run,"
        "service we run, we run a, we run an, our service, our clinic, our project, pilot, drop in"
    ),
    "data": (
        "data, statistic, statistics, figures, numbers, survey, surveys, evidence, research, evaluation, audit, dataset, datasets, opinion,"
        "opinions, beliefs, experiences, lived experience, my experience, our experience, interviews, focus group, focus groups, findings"
    ),
    "elsewhere": (
        "interesting practice, other collaborations, similar projects, similar project, practice elsewhere, elsewhere, other cities, other city,"
        "other areas, another city, other parts of the country, other countries, in another area"
    ),
}
ANY_COMMUNITY = (
    "all groups, all of these groups, all of the groups, all four groups, all four, all communities, any of the groups, everyone"
)
# words of a community's name, and what people say for it; about what an offer is for, never about who somebody is
COMMUNITY_WORDS = (
    ("gypsies gypsy", "gypsy, gypsies, romany, romani, grt, roadside families, gypsy and traveller, gypsies and travellers"),
    ("travellers traveller", "traveller, travellers, irish traveller, irish travellers, traveller site, traveller sites"),
    ("roma", "roma"),
    ("lgbtq lgbt", "lgbt, lgbtq, lgbti, lgbtqi, lgbtqia, lgbtq plus, gay, lesbian, lesbians, bisexual, trans, transgender, queer, non binary, nonbinary"),
    ("asylum", "asylum, asylum seeker, asylum seekers, asylum seeking, seeking asylum, seeking sanctuary, no recourse to public funds, nrpf"),
    ("refugees refugee", "refugee, refugees"),
    ("sex", "sex work, sex worker, sex workers, sex working, sell sex, selling sex, street outreach"),
    ("black", "black, african, caribbean, west indian, black african, black caribbean"),
    ("asian", "asian, south asian, pakistani, bangladeshi, punjabi, gujarati, sikh"),
    ("ethnic minority", "minority ethnic, ethnic minority, ethnic minorities, bame, bme, racialised"),
    ("disabled disability", "disabled, disability, disabilities, deaf, blind, wheelchair, learning disability, learning disabilities, autistic, neurodivergent"),
)  # fmt: skip
