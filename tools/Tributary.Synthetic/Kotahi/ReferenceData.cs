namespace Tributary.Synthetic.Kotahi;

/// <summary>The lists that everything else points at.</summary>
internal static class ReferenceData
{
    private static readonly string[] Letters = ["Letter", "Email", "Text message", "Pānui"];

    public static IEnumerable<Dataset> All(KotahiWorld world) =>
    [
        Dataset.Of("ActivityTypes", "ActivityTypeID, Name, Category, IsActive", WriteTypes),
        Dataset.List("ClientRelationshipTypes", "RelationshipTypeID, Name, IsHousehold", KotahiWords.RelationshipTypes, (file, name, i) => file.Text(name).Flag(i < 6)),
        Dataset.List("CorrespondenceType", "CorrespondenceTypeID, Name", Letters, (file, name, _) => file.Text(name)),
        Dataset.Of("CustomActivityFieldsData", "FieldID, ActivityTypeID, FieldName, FieldType, CreatedDate", WriteFields),
        Dataset.List("Dhbs", "DhbID, Name", KotahiWords.Dhbs, (file, name, _) => file.Text(name)),
        Dataset.List("Ethnicities", "EthnicityID, Code, Name", KotahiWords.Ethnicities, (file, item, _) => file.Number(item.Code).Text(item.Name)),
        Dataset.List("Iwi", "IwiID, IwiGroupingID, Name", KotahiWords.Iwi, (file, name, i) => file.Number(i % KotahiWords.IwiGroupings.Length + 1).Text(name)),
        Dataset.List("IwiGroupings", "IwiGroupingID, Name", KotahiWords.IwiGroupings, (file, name, _) => file.Text(name)),
        Dataset.List("MessageTemplates", "TemplateID, Name, Body", KotahiWords.Sentences, (file, text, i) => file.Text($"Template {i + 1}").Text($"Kia ora {{name}},\n\n{text}\n\nNgā mihi")),
        Dataset.Of("Providers", "ProviderID, Name, Type, Phone", (file, night) => WriteProviders(world, file, night)),
        Dataset.List("ServiceStatus", "ServiceStatusID, Name, IsClosed", KotahiWords.ServiceStatuses, (file, name, i) => file.Text(name).Flag(i >= 4)),
        Dataset.List("Services", "ServiceID, Name, Contract, IsTupaia", KotahiWords.Services, (file, item, i) => file.Text(item.Name).Text($"KPT-{100 + i}").Flag(item.IsTupaia)),
    ];

    private static void WriteTypes(CsvFile file, Night night)
    {
        foreach (var kind in ActivityKind.All.Where(kind => kind.Id != ActivityKind.New || night.Number >= 4)) file.Number(kind.Id).Text(kind.Name).Text(kind.Category).Flag(true).End();
    }

    private static void WriteFields(CsvFile file, Night night)
    {
        var number = 0;
        foreach (var (type, name, kind) in new[] { (27, "RequestDate", "date"), (27, "RequestProduct1", "text"), (27, "RequestAmountTotal", "money"), (8, "RiskScore", "number"), (8, "NeedScore", "number"), (3, "Narrative", "memo") })
            file.Number(++number).Number(type).Text(name).Text(kind).Day(KotahiWorld.Start).End();
    }

    private static void WriteProviders(KotahiWorld world, CsvFile file, Night night)
    {
        for (var i = 1; i <= 60; i++)
        {
            var chance = world.Chance("provider", i);
            file.Number(i).Text($"{chance.Pick(KotahiWords.Localities)} {(i % 3 == 0 ? "Health Centre" : "Trust")} {i}").Number(i % 3 == 0 ? 0 : 1);
            if (!night.Has("Providers", "dropped_column")) file.Text($"09 555 {chance.Below(10_000):0000}");
            file.End();
        }
    }
}
