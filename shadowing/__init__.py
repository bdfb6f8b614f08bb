"""Shadowing: seen with own eyes, owned, fixed, seen again.

The rooms; each may import only those below it (`make layers` holds this):

    app cli             create_app, the one module that knows all; commands
    operations          backup, health, nightly work, which jobs there are, the demonstration
    administration      first run, settings, organisation, people, invitations, sites
    phone               sync, the shell of the field app, what a customer takes back
    imports             spreadsheets: upload, guessing columns, rows, undo
    summary             the executive page, its questions and what was decided, why we shadow
    authoring           journey editor, library, strategy, goals, promises
    integration         webhooks: what other programs are told
    areas               pages about areas, on top of all that they tell
    planning            plans, open slots, calendar, letters, participation
    coverage            what was seen and overlooked; where one more visit helps most
    backlog             improvements: drafting, priority, states, pages
    scoring             the formulas, keeping scores up to date, what pages ask of them
    visits              visits and observations, totals, ways, photos and voice notes
    journeys            journeys, versions, touchpoints, packs
    people              accounts, sign-in, sessions, permissions, audit trail, whose sites a reader sees
    core                clock, database, settings, problems, HTTP, languages, jobs, bytes, tables
"""
