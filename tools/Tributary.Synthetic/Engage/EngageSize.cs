namespace Tributary.Synthetic.Engage;

/// <summary>How many resources of each type there are at a scale; at scale 1 the counts of the demo.</summary>
public sealed record EngageSize(double Scale)
{
    public int Patients => Of(400);
    public int Responses => Of(2384);
    public int Encounters => Of(1082);
    public int CarePlans => Of(588);
    public int Practitioners => Of(72);
    public int PractitionerRoles => Of(84);
    public int Locations => Of(15);
    public int Organizations => Of(13);
    public int OrganizationAffiliations => Of(9);
    public int CareTeams => Of(11);
    public int Tasks => Of(640);
    public int Observations => Of(2950);

    /// <summary>The number of good lines in the file of a resource type.</summary>
    public int Of(string type) => type switch
    {
        "Patient" => Patients,
        "QuestionnaireResponse" => Responses,
        "Encounter" => Encounters,
        "CarePlan" => CarePlans,
        "Practitioner" => Practitioners,
        "PractitionerRole" => PractitionerRoles,
        "Location" => Locations,
        "Organization" => Organizations,
        "OrganizationAffiliation" => OrganizationAffiliations,
        "CareTeam" => CareTeams,
        "Task" => Tasks,
        "Observation" => Observations,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a resource type of the engage example."),
    };

    private int Of(int atScaleOne) => Math.Max(1, (int)Math.Round(atScaleOne * Scale));
}
