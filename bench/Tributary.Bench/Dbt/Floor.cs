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
        Replacements = [.. project.Layers.Select(layer => (IReadOnlyList<string>)[.. layer.Select(name => tables.Contains(name) ? Exchange(name) : Replace(name))])];
        Tests = [.. Directory.GetFiles(Compiled("models"), "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file)!.EndsWith(".yml", StringComparison.Ordinal)) // dbt puts tests into a folder of their properties file's name
            .Select(file => $"select count(*) from ({File.ReadAllText(file)}\n) t;")];
        Seed =
        [
            $"create table {Schema}.measurements (id int, code text, amount numeric, day date);",
            $"\\copy {Schema}.measurements from '{Path.Combine(project.Folder, "seeds", "measurements.csv")}' (format csv, header)",
        ];
    }

    /// <summary>Into an empty schema: one list a layer; each layer waits for the one before.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Layers { get; }

    /// <summary>The same when all of it stands already: views in place, tables beside and exchanged, so that no reader sees a hole.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Replacements { get; }

    public IReadOnlyList<string> Tests { get; }

    public IReadOnlyList<string> Seed { get; }

    private string Create(string name, bool isTable) => $"create {(isTable ? "table" : "view")} {Schema}.{name} as\n{Sql(name)};";

    private string Replace(string name) => $"create or replace view {Schema}.{name} as\n{Sql(name)};";

    private string Exchange(string name) =>
        $"begin;\ncreate table {Schema}.{name}__new as\n{Sql(name)};\ndrop table {Schema}.{name};\nalter table {Schema}.{name}__new rename to {name};\ncommit;";

    private string Sql(string name) => File.ReadAllText(Path.Combine(Compiled("models"), name[..^5], name + ".sql"));

    private string Compiled(string below) => Path.Combine(project.Folder, "target", "compiled", "shop", below);
}
