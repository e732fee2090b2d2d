"""What people want, what happened to them, and what workers noted: made up, and harmless on purpose."""

GOALS = (
    "Sleep through, most nights", "Finish college, my way", "Cook something that isn’t toast", "Go back to swimming",
    "Sit through a whole film with my sister", "Answer the phone when it rings", "Have people round for tea",
    "Get the bus on my own", "Keep my plants alive", "Learn the ukulele, badly", "Be on time three days a week",
    "Talk to my tutor before things pile up", "Feel at home in the new flat", "Walk further than the corner shop",
    "Say no without a long speech", "Open the post the day it comes", "Get my driving theory done",
    "Have one evening that is just mine", "Make a friend at the allotment", "Tell Nan what is going on",
    "Look forward to the weekend", "Apply for the library job", "Paint the kitchen yellow", "Read a book to the end",
    "Go to the football with my brother", "Ask for help sooner", "Wear what I like to a party",
    "Eat breakfast on weekdays", "Take the dog to the beach", "Get through a Sunday without dreading Monday",
    "Join in at the group, even once", "Write to my dad", "Sort my money out with somebody", "Draw every day",
)  # fmt: skip
EVENTS = (
    "Started college", "Began a new job", "Moved house", "Got a puppy", "Away for the summer", "Sister’s wedding",
    "Finished exams", "Changed worker", "New hours at work", "First time at the group", "Holiday with the family",
    "Passed the driving theory", "Grandson was born", "Started at the allotment",
)  # fmt: skip
NOTES = (
    "Talked about college and the week ahead. Wants to ask for later mornings.",
    "Brought photographs of the allotment. We looked at what a good day has in it.",
    "Quiet today, and that was fine. We had tea and made a list of three small things.",
    "Went through the letter from the housing office together and rang them.",
    "Spoke about the weekend with the family. Would like to try the bus next time.",
    "We practised what to say to the manager on Thursday.",
    "Looked at last month’s goals together. One is done, one was let go.",
    "Talked about sleep. Is going to try leaving the telephone in the kitchen.",
    "Came with a friend, who waited downstairs. We planned the next four weeks.",
    "Mostly about work today. Pleased with the new hours.",
    "Read the form together. Asked to talk about the future next time.",
    "We wrote a message to the tutor together and sent it.",
    "A short one, by choice. Wanted to check next week’s time and say hello.",
    "Talked about who helps. Added a cousin and a neighbour to the list.",
    "Tried the breathing exercise. Prefers the walk round the pond.",
    "Budget for November done. The heating allowance came through.",
    "Visited the library together and looked at the noticeboard.",
    "Spoke about the choir, and about sitting near the door.",
)
TOGETHER = (
    "Played cards and stayed to the end.",
    "Helped to set out the chairs, and talked while doing it.",
    "Listened more than talked tonight, by choice.",
    "Brought biscuits. Made somebody new feel welcome.",
    "Came late, sat by the door, said it was good to be here.",
)
NO_SHOWS = ("Rang to say the bus was late.", "Sent a message in the morning.", "We will write, and keep the time.", "")
CORRECTED = (
    "Touched the wrong end of the line, and said so at once.",
    "We read it back together; the mark was meant a little further along.",
)
TIMES_OF_DAY = ((9, 30), (10, 30), (11, 30), (13, 0), (14, 0), (15, 0), (16, 0), (16, 45))
PLACES = ("Room 1", "Room 2", "The garden room", "Brook Lane Library")
