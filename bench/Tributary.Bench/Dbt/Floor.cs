namespace Tributary.Bench.Dbt;

/// <summary>What a person would send by psql to get the same relations: the compiled texts, each in the barest statement.</summary>
internal sealed class Floor
{
    private const string Schema = "plain";

    private readonly SyntheticProject project;

    /// <summary>The project was compiled before.</summary>
    public Floor(SyntheticProject project)
    {
        this.project = project;
        var tables = project.Tables;
        Layers = [.. project.Layers.Select(layer => (IReadOnlyList<string>)[.. layer.Select(name => Create(name, tables.Contains(name)))])];
        Tests = [.. Directory.GetFiles(Compiled("models"), "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file)!.EndsWith(".yml", StringComparison.Ordinal)) // dbt puts tests into a folder of their properties file's name
            .Select(file => $"select count(*) from ({File.ReadAllText(file)}\n) t;")];
        Seed =
        [
            $"create table {Schema}.measurements (id int, code text, amount numeric, day date);",
            $"\\copy {Schema}.measurements from '{Path.Combine(project.Folder, "seeds", "measurements.csv")}' (format csv, header)",
        ];
    }

    /// <summary>One list a layer; each layer waits for the one before.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers { get; }

    public IReadOnlyList<string> Tests { get; }

    public IReadOnlyList<string> Seed { get; }

    private string Create(string name, bool isTable)
    {
        var sql = File.ReadAllText(Path.Combine(Compiled("models"), name[..^5], name + ".sql"));
        return $"create {(isTable ? "table" : "view")} {Schema}.{name} as\n{sql};";
    }

    private string Compiled(string below) => Path.Combine(project.Folder, "target", "compiled", "shop", below);
}
