namespace Tributary.Synthetic.Engage;

/// <summary>Invented names and places; telephone numbers and addresses use the ranges kept for fiction.</summary>
internal static class Words
{
    public static readonly string[] GivenFemale =
    [
        "Amara", "Bianca", "Carmen", "Daniela", "Esther", "Fatima", "Grace", "Hannah", "Imani", "Josephine", "Kateryna", "Lucía", "Mei",
        "Naomi", "Olivia", "Priya", "Rosa", "Sofía", "Tamika", "Ursula", "Valentina", "Wanjiru", "Xiomara", "Yasmin", "Zoë",
    ];

    public static readonly string[] GivenMale =
    [
        "Anthony", "Benjamín", "Carlos", "Dmitri", "Elijah", "Felipe", "George", "Hiroshi", "Isaac", "José", "Kwame", "Luis", "Marcus",
        "Nathan", "Omar", "Pavel", "Quentin", "Rashid", "Samuel", "Terrence", "Umar", "Víctor", "Wei", "Xavier", "Yusuf", "Zachary",
    ];

    public static readonly string[] Family =
    [
        "Abernathy", "Baptiste", "Castellanos", "Delacroix", "Eastwood", "Fitzgerald", "Guzmán", "Hutchinson", "Ivanova", "Jefferson", "Kowalski",
        "Lindqvist", "Montgomery", "Nuñez", "O'Sullivan", "Papadopoulos", "Quiñones", "Rodríguez", "Stravinsky", "Thompson", "Underhill",
        "Vasquez", "Wojciechowski", "Xiong-Meyer", "Yamamoto", "Zimmermann", "de la Cruz", "van der Berg", "Al-Masri", "Adeyemi",
        "Blackwood", "Chaudhary", "Donnelly", "Echeverría", "Fernández", "Grünwald", "Hernandez", "Ishikawa", "Johansson", "Kapoor",
    ];

    public static readonly string[] Streets =
    [
        "Alder Street", "Birch Avenue", "Cedar Lane", "Dogwood Drive", "Elm Street, Apt \"B\"", "Fir Court", "Grove Road", "Hawthorn Way",
        "Ironwood Place", "Juniper Terrace, Unit 4", "Larch Boulevard", "Maple Street", "Northgate Road", "Orchard Street",
    ];

    public static readonly (string City, string State, string Zip)[] Places =
    [
        ("Brooklyn", "NY", "11215"), ("Rochester", "NY", "14607"), ("Yonkers", "NY", "10701"), ("Buffalo", "NY", "14201"), ("Albany", "NY", "12207"),
        ("Burlington", "VT", "05401"), ("Guildhall", "VT", "05905"), ("Lancaster", "NH", "03584"), ("Newark", "NJ", "07102"),
        ("Hartford", "CT", "06103"), ("Oakland", "CA", "94607"), ("Cheyenne", "WY", "82001"), ("Jackson", "WY", "83001"), ("El Paso", "TX", "79901"),
    ];

    public static readonly string[] Organizations =
    [
        "Riverside Community Clinic", "Harbor Light Family Services", "Northgate Health Center", "Evergreen Wellness Center", "Lakeshore Counseling",
        "Open Door Health", "Sunrise Neighborhood Clinic", "Bridgeway Services", "Cornerstone Care", "Hillside Medical Group",
        "Unity Care Network", "Meadowbrook Clinic", "Pathways Together",
    ];

    public static readonly string[] Notes =
    [
        "{0} was calm and said that the last week went better.", "Spoke with {0} on the telephone; calls back on Monday.", "=SUM(1,2) was typed by mistake, \"sic\".",
        "- feels better\n- sleeps little\n- wants to go on", "Worried about the rent, and about {0}'s mother.", "Reach at {1} in the evening.", "No changes since last time.",
        "+1 session asked for", "@home with family, {2}", "Says: \"I am fine\", but looks tired; ask again.",
    ];

    public static readonly string[] Moods = ["calm", "tired", "hopeful", "tense", "sad", "better than yesterday"];
}
