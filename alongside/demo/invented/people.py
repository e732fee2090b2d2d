"""Names and places. Telephone numbers are those kept for stories; the town and its postcodes do not exist."""

from alongside.care.models import Client, Referral

WOMEN = (
    "Abena", "Aisling", "Amina", "Bethan", "Carys", "Chloe", "Daisy", "Divya", "Eilidh", "Esme", "Farah", "Freya",
    "Grace", "Hana", "Harriet", "Imogen", "Isla", "Jasmine", "Keira", "Lena", "Lucia", "Maeve", "Magda", "Mina",
    "Naomi", "Nia", "Orla", "Parveen", "Poppy", "Rhiannon", "Ruby", "Saoirse", "Simran", "Tamsin", "Tilly", "Wen",
    "Yasmin", "Zara",
)  # fmt: skip
MEN = (
    "Adeel", "Alun", "Arjun", "Bilal", "Cian", "Connor", "Declan", "Ewan", "Femi", "Finlay", "Gareth", "Hamish",
    "Haroon", "Jakub", "Jamal", "Kofi", "Leo", "Liam", "Mateusz", "Nikhil", "Omar", "Owen", "Rhys", "Ronan",
    "Samir", "Stefan", "Teo", "Vikram", "Will", "Zac",
)  # fmt: skip
OTHERS = (
    "Alex", "Ash", "Bay", "Charlie", "Drew", "Eden", "Ellis", "Frankie", "Jude", "Kai", "Lane", "Micah", "Noor",
    "Quinn", "Reese", "River", "Robin", "Sage", "Sky", "Wren",
)  # fmt: skip
SURNAMES = (
    "Abara", "Applegarth", "Bancroft-Lee", "Bellweather", "Birchall", "Boateng-Hill", "Brightwater", "Calloway",
    "Castellane", "Cotterfield", "Darnbrook", "Dunmorrow", "Eastlake", "Elderfield", "Fairhaven", "Fennimore",
    "Garrowby", "Goldsworth", "Greenhalgh-Roy", "Hartwell", "Hollowell", "Honeychurch", "Ilesanya", "Jankowiak",
    "Juniper", "Kestrel", "Kowalczyk", "Larkfield", "Linacre", "Lovelace-Khan", "Mapleton", "Merriweather",
    "Mistry", "Nethercott", "Nightingale", "Oakenshaw", "Okonjo", "Osgodby", "Papadaki", "Penhallow", "Quillfeather",
    "Ravensworth", "Rosewarne", "Sandalwood", "Silverdale", "Tamarind", "Thistlewood", "Trelawny", "Umberto",
    "Vasquez-Moor", "Venkataraman", "Waterhouse", "Whitlam", "Winterbourne", "Yarrow", "Zielinski",
)  # fmt: skip
ROADS = (
    "Brook Lane", "Mill Rise", "Station Parade", "Heron Close", "Lantern Street", "Orchard View", "Canal Row",
    "Tanner’s Yard", "Quarry Road", "Beacon Terrace", "Fuller’s Court", "Meadow Drive",
)  # fmt: skip
TOWN = "Calderford"
AREAS = ("CD1", "CD2", "CD3", "CD4", "CD5", "CD6", "CD7")  # no such letters are in use

GENDERS = {
    Client.Gender.WOMAN: 55, Client.Gender.MAN: 25, Client.Gender.NON_BINARY: 7, Client.Gender.ANOTHER: 1,
    Client.Gender.NOT_SAID: 4, Client.Gender.NOT_ASKED: 8,
}  # fmt: skip
PRONOUNS = {Client.Gender.WOMAN: "she/her", Client.Gender.MAN: "he/him", Client.Gender.NON_BINARY: "they/them"}
FIRST_NAMES = {Client.Gender.WOMAN: WOMEN, Client.Gender.MAN: MEN}

WAYS = {
    Referral.Way.SELF: 38, Referral.Way.FAMILY: 9, Referral.Way.GP: 21, Referral.Way.MENTAL_HEALTH: 9,
    Referral.Way.SCHOOL: 9, Referral.Way.SOCIAL_CARE: 5, Referral.Way.CHARITY: 6, Referral.Way.EMERGENCY: 3,
}  # fmt: skip
REFERRERS = {
    Referral.Way.GP: "Tanner’s Yard Surgery",
    Referral.Way.MENTAL_HEALTH: "Calderford Community Mental Health Team",
    Referral.Way.SCHOOL: "Beacon School, Calderford",
    Referral.Way.SOCIAL_CARE: "Calderford Family Services",
    Referral.Way.CHARITY: "The Open Door, Calderford",
}
NEEDS = (
    "Text, don’t ring", "Letters, no email", "Large print", "Captions on video", "Mornings only", "Nothing before 11am",
    "Remind the day before", "Step-free room", "Meet in the room with a window", "Short letters", "BSL interpreter",
    "Polish interpreter", "No voicemail", "Somebody to meet them at the door",
)  # fmt: skip
