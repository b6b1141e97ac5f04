namespace Tributary.Synthetic.Kotahi;

/// <summary>Invented names with the macrons that real ones have; telephone numbers are of the range kept for fiction.</summary>
internal static class KotahiWords
{
    public static readonly string[] Given =
    [
        "Aroha", "Hēmi", "Mārama", "Tāne", "Ngaire", "Wiremu", "Kiri", "Rāwiri", "Sina", "Tavita", "Ana", "Sione", "Mele", "Ioane", "Lupe", "Pita",
        "Tīpene", "Hine", "Manaia", "Kahurangi", "Fetu", "Losa", "Viliami", "Ariā", "Te Rangi", "Mere", "O'Neil", "Grace", "Daniel", "Priya", "Wei", "Ōmaka",
    ];

    public static readonly string[] Family =
    [
        "Tamihana", "Ngata", "Pōmare", "Tūhoe-Smith", "Leota", "Fonoti", "Taufa", "Vaipulu", "Māhaki", "Rangihuna", "Kereama", "Tui", "Folau", "Smith", "Te Whare",
        "O'Brien", "Singh", "Chen", "Paraone", "Wētere", "Hōhepa", "Aiono", "Tuilagi", "Kāretu", "Moala", "Brown, jr.", "Williams", "Ngāpuhi-Jones",
    ];

    public static readonly string[] Localities = ["Māngere", "Ōtara", "Papatoetoe", "Manurewa", "Ōtāhuhu", "Takanini", "Porirua", "Whāngārei", "Kirikiriroa", "Rotorua"];

    public static readonly string[] Streets = ["Kōwhai Street", "Tōtara Avenue", "Rātā Road, Flat 2", "Pōhutukawa Drive", "Bader \"Top\" Drive", "Great South Road", "Massey Road"];

    public static readonly (int Code, string Name)[] Ethnicities =
    [
        (11111, "New Zealand European"), (21111, "Māori"), (31111, "Samoan"), (32100, "Cook Islands Māori"), (33111, "Tongan"), (34111, "Niuean"), (36111, "Fijian"),
        (42100, "Chinese"), (43111, "Indian nfd"), (51111, "Middle Eastern"), (53112, "African nfd"), (61118, "New Zealander"), (94444, "Don't know"), (99999, "Not stated"),
    ];

    public static readonly (string Name, bool IsTupaia)[] Services =
    [
        ("Whānau Ora", false), ("Tupaia – Long-term conditions", true), ("Tupaia – Mental wellbeing", true), ("Tupaia – Oral health", true), ("Tupaia – Optometry", true),
        ("Tupaia – Support to screening", true), ("Tupaia – Hearing", true), ("Social work", false), ("Financial mentoring", false), ("Housing support", false),
        ("Health promotion", false), ("Youth service", false),
    ];

    public static readonly string[] ServiceStatuses = ["New Referral", "Accepted", "In Progress", "On Hold", "Completed", "Declined", "Withdrawn"];

    public static readonly string[] Dhbs = ["Counties Manukau", "Waitematā", "Auckland", "Waikato", "Lakes", "Capital & Coast", "Northland"];

    public static readonly string[] IwiGroupings = ["Te Tai Tokerau", "Tainui", "Te Arawa", "Mātaatua", "Te Waipounamu"];

    public static readonly string[] Iwi = ["Ngāpuhi", "Ngāti Whātua", "Waikato", "Ngāti Maniapoto", "Ngāti Whakaue", "Tūhoe", "Ngāti Awa", "Ngāi Tahu", "Te Rarawa", "Ngāti Raukawa"];

    public static readonly string[] RelationshipTypes = ["Parent of", "Partner of", "Sibling of", "Caregiver of", "Flatmate of", "Grandparent of", "Support person of"];

    public static readonly string[] Domains =
    [
        "Whānau", "Cultural identity", "Physical", "Mental/Emotional", "Spiritual", "Safety", "Education/Employment", "Financial", "Housing", "Social connection",
        "Self-determination", "Digital access",
    ];

    public static readonly string[] Products = ["Food parcel", "Power bill", "Car repair", "School uniform", "Bond", "Medical costs, other", "Bedding", "Data \"top-up\""];

    public static readonly string[] Exits = ["Goals met", "Moved away", "Declined service", "Lost contact", "Transferred"];

    public static readonly string[] Sentences =
    [
        "Whānau is well; kōrero about next steps.", "He said \"kia ora\" and asked for a call on Monday.", "Line one\nline two: follow up", "No change since last visit.",
        "Budget done, 3 of 4 goals met.", "Tamariki at kura; Mum works nights.", "=SUM(1,2) was typed by mistake", "Visited with the nurse; next time 10:30.",
    ];
}
