"""The made-up half-year of the demo: Noor, who plans deliveries for a supermarket, on her way into climate work."""

from typing import Final, NamedTuple

from data.model.records import Proof


class Scene(NamedTuple):
    """One made-up win.

    Attributes:
        week: Weeks before the current one.
        day: 0 for Monday.
        title: As she wrote it.
        kind: "R" surely real, "r" probably real, "c" probably candy, "C" surely candy, "?" not sorted;
            "rc" and "cr" are first the one, and in the look-back the other.
        goal: The first letters of a goal's name, or "".
        tags: With a space between.
        key: A name for `after`, or "".
        after: The key of the win that opened it, or "".
        story: What else she wrote.
    """

    week: int
    day: int
    title: str
    kind: str
    goal: str = ""
    tags: str = ""
    key: str = ""
    after: str = ""
    story: str = ""


DEMO_GOALS: Final = (
    ("Climate work", "Work on how goods move, so that they cost the climate less."),
    ("Speak in public", "Say what I know in front of people, although it scares me."),
    ("Stay afloat", "Pay the rent and keep a good name until the new work carries me."),
)

SCENES: Final = (
    Scene(26, 1, "Told my sister what I really want to do", "R", "Clim", "courage", "sister"),
    Scene(26, 3, "Got praised in the big meeting", "C", "Stay", "praise"),
    Scene(25, 0, "Bought five books on climate", "cr", "Clim", "reading", "books"),
    Scene(25, 2, "Employee of the month", "C", "Stay", "praise"),
    Scene(25, 4, "Three hundred views on my profile", "C", "", "social"),
    Scene(24, 1, "Wrote down what I would do if rent were paid", "r", "Clim", "clarity", "letter", "sister"),
    Scene(24, 4, "New title on my business card", "C", "Stay", "praise"),
    Scene(23, 0, "Finished the first book, with notes", "rc", "Clim", "reading", "notes", "books"),
    Scene(23, 2, "A recruiter for banks wrote to me", "c", "", "recruiters"),
    Scene(23, 3, "Webinar with a famous speaker", "cr", "Clim", "reading"),
    Scene(22, 1, "Asked for one day a week less", "R", "Stay", "courage", "day"),
    Scene(22, 3, "Tidied my whole desk and inbox", "C", "", "busy"),
    Scene(21, 0, "They said yes: Fridays are mine", "R", "Stay", "time", "fridays", "day"),
    Scene(21, 2, "Likes on my post about burnout", "C", "", "social"),
    Scene(21, 4, "First Friday of my own, spent at the library", "rc", "Clim", "time", "library", "fridays"),
    # Two weeks of holiday: nothing was written down.
    Scene(
        18, 1, "Signed up for the night course, after long office days", "R", "Clim",
        "course courage", "course", "library",
        "Tuesdays and Thursdays until winter. Life-cycle assessment, from the ground up.\n\n"
        "I nearly closed the page twice.",
    ),
    Scene(18, 3, "Certificate with a badge for a one-hour quiz", "C", "Clim", "course"),
    Scene(17, 1, "First evening of the course; understood half", "r", "Clim", "course", "evening", "course"),
    Scene(17, 4, "Free lunch with the vendor", "C", "Stay", "praise"),
    Scene(16, 1, "Asked the question nobody asked", "r", "Clim", "course courage", "question", "evening"),
    Scene(16, 2, "Won the sales quiz", "C", "Stay", "praise"),
    Scene(16, 3, "The teacher stayed on to talk with me", "R", "Clim", "course people", "teacher", "question"),
    Scene(15, 0, "Followed forty climate people", "c", "Clim", "social"),
    Scene(15, 3, "Module 2: my own van fleet as a model", "R", "Clim", "course", "fleet", "evening"),
    Scene(14, 1, "Recruiter responded to my email", "cr", "Clim", "recruiters", "responded"),
    Scene(14, 2, "Showed the fleet figures to my boss", "r", "Stay", "courage", "boss", "fleet"),
    Scene(14, 4, "A podcast quoted my comment", "C", "", "social"),
    Scene(13, 1, "Offer: a new job for the salary bump, same work", "c", "Stay", "recruiters", "offer",
          "", "Nine per cent more, and the same trucks. Flattering for two days."),
    Scene(13, 3, "Said no to the offer", "R", "Clim", "courage clarity", "no", "offer"),
    Scene(13, 4, "Coffee chat with a mentor: routes are what I am good at", "R", "Clim", "people clarity", "coffee", "",
          "She asked which part of my week I would do unpaid. I said: routes, without thinking."),
    Scene(12, 0, "Rewrote my story around routes", "r", "Clim", "clarity", "story", "coffee"),
    Scene(12, 2, "Fancy new template for the CV", "C", "Clim", "busy"),
    Scene(11, 1, "Wrote the email to the recruiter I had been afraid of", "R", "Clim",
          "recruiters courage", "email", "story",
          "Eleven sentences. It took an hour and a walk around the block."),
    Scene(11, 3, "Skipped drinks to finish module 3", "rc", "Clim", "course", "module3", "evening"),
    Scene(10, 0, "Invited to the leadership lunch", "C", "Stay", "praise"),
    Scene(10, 2, "The email led to a call", "R", "Clim", "recruiters people", "call", "email",
          "Forty minutes. She knew the depot I work in."),
    Scene(10, 3, "Counted our kilometres for one week", "r", "Clim", "fleet", "count"),
    Scene(9, 1, "Applied without meeting every requirement", "R", "Clim", "courage", "applied", "call",
          "Six of nine. Sent it anyway, before I could read the list again."),
    Scene(9, 2, "Took a personality test", "C", "", "busy"),
    Scene(9, 4, "Asked three people what they see in me", "r", "Clim", "people clarity", "three", "coffee"),
    Scene(8, 0, "Boss wants the kilometres every month", "r", "Stay", "fleet", "monthly", "count"),
    Scene(8, 3, "Said yes to a talk that scares me", "R", "Spea", "courage", "yes"),
    # A week of flu.
    Scene(6, 1, "Bought a ring light for video calls", "C", "Spea", "busy"),
    Scene(6, 3, "Turned the recruiter's reply into a real conversation", "R", "Clim",
          "recruiters people", "talked", "responded"),
    Scene(6, 4, "First draft of the talk, read aloud to the cat", "r", "Spea", "talk", "draft", "yes"),
    Scene(5, 0, "Interview for the job I chased for years", "R", "Clim", "recruiters courage", "interview", "call",
          "Two people and a whiteboard. I drew the depot from memory."),
    Scene(5, 2, "Second draft: half as long", "r", "Spea", "talk", "second", "draft"),
    Scene(5, 3, "New phone", "C", "", ""),
    Scene(4, 1, "A move that looks sideways: planning routes for the cooling trucks", "R", "Clim",
          "fleet", "sideways", "monthly",
          "No raise, no title. But it is exactly what the dream job needs, and I can learn it here."),
    Scene(4, 2, "Practised the talk before four friends", "R", "Spea", "talk people", "practised", "second"),
    Scene(4, 4, "A headhunter called me exceptional", "c", "", "recruiters praise"),
    Scene(3, 0, "Second interview, with the team", "R", "Clim", "recruiters", "team", "interview"),
    Scene(3, 2, "Cut the cooling route by eleven kilometres", "R", "Clim", "fleet", "eleven", "sideways"),
    Scene(3, 3, "Profile picture got eighty hearts", "C", "", "social"),
    Scene(3, 4, "Module 4 handed in", "r", "Clim", "course", "module4", "module3"),
    Scene(2, 1, "Gave the talk; my voice shook, then it didn't", "R", "Spea", "talk courage", "talk", "practised",
          "Sixty people. Someone from the city asked for the slides."),
    Scene(2, 2, "Applause and a tote bag", "c", "Spea", "talk praise"),
    Scene(2, 3, "Sent the slides to the city, with a question", "R", "Clim", "people", "slides", "talk"),
    Scene(1, 0, "The city wants to try the route plan", "R", "Clim", "fleet people", "city", "slides"),
    Scene(1, 1, "Asked the team what their worst week looks like", "r", "Clim", "recruiters", "worst", "team"),
    Scene(1, 3, "My post was shared by an influencer", "C", "", "social"),
    Scene(1, 4, "Helped Sam with his first application", "r", "Spea", "people", "sam"),
    Scene(0, 0, "Sketch for the city pilot, two pages", "?", "Clim", "fleet", "sketch", "city"),
    Scene(0, 1, "Coffee with someone who left the job I want", "?", "Clim", "people clarity"),
    Scene(0, 1, "Two hundred likes on the talk's recording", "?", "Spea", "social"),
    Scene(0, 2, "Asked to speak again in spring", "?", "Spea", "talk", "", "talk"),
)  # fmt: skip

DEMO_PROOF: Final = {
    "fleet": Proof(
        situation="Eleven vans, and nobody knew what they burnt.",
        task="Model them for module 2 of the course, in two weeks of evenings.",
        action="I rode along for three days and wrote down each stop.",
        result="A model that was off by four per cent, and a list of five detours.",
        learned="Ask the drivers first.",
    ),
    "call": Proof(
        action="I wrote eleven sentences to a recruiter I had been afraid of.",
        result="Forty minutes on the phone, and an interview in the end.",
        link="https://example.org/noor",
    ),
}
"""What she told of wins that survived a look-back, by their keys."""

DEMO_STEPS: Final = (
    (24, "If it is Sunday evening, then I read ten pages", "done"),
    (22, "If the bus is late, then I write one line of the letter", "dropped"),
    (18, "If it is Tuesday at six, then I leave the office, whatever is open", "done"),
    (16, "If the course ends, then I ask one question", "done"),
    (14, "If the recruiter writes, then I suggest a time", "dropped"),
    (12, "If it is Monday at nine, then I open the draft of the email", "done"),
    (10, "If I want to read the list again, then I press send", "done"),
    (8, "If I am home by seven, then I read the talk aloud", "done"),
    (6, "If they ask about gaps, then I tell of the fleet model", "dropped"),
    (4, "If I have the cooling plan open, then I try one other order of stops", "done"),
    (3, "If I am asked for a badge course, then I look at module 4 first", "dropped"),
    (2, "If the talk is over, then I ask one person what stayed with them", "done"),
    (1, "If the city answers, then I send the two pages the same day", "open"),
)
"""Weeks before the current one in which a step was made, its text, and what became of it."""

DEMO_NOTES: Final = (
    "Much praise, little else. What did I want from it?",
    "One thing moved. It was the one I was afraid of.",
    "Tired. Still glad of Tuesday.",
    "The sideways one may be the real one.",
    "Less sugar than last month, and I don't miss it.",
)
