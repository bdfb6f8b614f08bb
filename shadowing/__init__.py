"""Shadowing: seen with own eyes, owned, fixed, seen again.

The packages in import order; each may import only what stands above it (`make layers` holds this):

    clock vocabulary sentences formatting   the moment, the words of the field, how numbers are shown
    postgres sqlite_file            what each engine needs
    mail                            one mail, handed to one server
    settings database               what an installation sets; storage
    problems                        everything that can go wrong
    i18n web                        two languages; what API and pages share
    same_origin headers assets      what every reply carries
    permissions                     the one table of route and role
    jobs                            things to do surely, after the commit
    accounts                        people, roles, sites, sign-in, tokens, audit trail
    journeys                        journeys, versions, touchpoints, packs
    visits                          visits and observations, plans, totals, spreadsheet import
    photos                          bytes to bytes, stores, serving
    sounds                          voice notes
    areas                           scoring, keeping scores up to date, pages
    backlog                         improvements: drafting, states, pages
    coverage                        what was seen and overlooked; where one more visit helps most
    plans                           who shadows what and when: planning, open slots, calendar
    participation                   who shadows, by department; what may lie on phones
    summaries                       the executive page
    reasons                         why we shadow
    imports                         spreadsheets through the browser
    strategy                        three sentences, principles, how often each is lived
    editor                          the page on which a journey is written
    library                         what is written once and used in many journeys
    goals                           targets with their origin, satisfaction, how often each shadows
    promises                        what we promise, kept or not, kept or corrected
    administration                  first run, settings, people, invitations, sites and departments
    withdrawal                      customers take back what was noted beside them
    sync                            the phone's door
    field                           the shell of the phone app
    demo night working              demonstration; the night's work; which jobs and duties there are
    health backup checkup           able to serve; taking everything along; what may be wrong
    cli app                         commands; create_app, the one module that knows all
"""
