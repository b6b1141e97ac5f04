namespace Tributary.Synthetic.Kotahi;

/// <summary>What the practice system Indici knows: patients by NHI, two thirds of them clients of Kotahi too.</summary>
internal static class IndiciPatients
{
    public static void Write(DirectoryInfo folder, SyntheticOptions options)
    {
        var world = new KotahiWorld(options);
        var drop = folder.CreateSubdirectory($"indici_extract{KotahiWorld.First:yyyyMMdd}");
        using var file = new CsvFile(new FileInfo(Path.Combine(drop.FullName, "Patients.csv")), ["PatientID", "NHI", "Practice", "EnrolledDate"], new CsvStyle());
        for (var i = 0; i < world.Clients; i++)
        {
            var chance = world.Chance("indici", i);
            // Every third patient is nobody of Kotahi's: a number from the far end, where no client's lies.
            var nhi = i % 3 == 2 ? Nhi.New(1_382_399 - i) : PeopleData.NhiOf(i, world.Chance("client", i));
            file.Text($"P{i + 1:000000}").Text(nhi).Text(chance.Pick(KotahiWords.Localities)).Day(world.CreatedAt(i)).End();
        }
    }
}
