using System.CommandLine;
using Tributary.Core.Exports;
using Tributary.Core.Ingest;
using Tributary.Core.Jobs;
using Tributary.Core.Metrics;
using Tributary.Core.Projects;
using Tributary.Core.Text.Binding;

namespace Tributary.Cli.Commands;

/// <summary><c>schema</c>: JSON Schemas of the project's files, for editors that complete and check YAML.</summary>
internal static class SchemaCommand
{
    private static readonly (string Name, Type Root, string Title)[] Files =
    [
        ("tributary", typeof(TributaryFile), "tributary.yml"),
        ("source", typeof(Source), "sources/*.yml"),
        ("destination", typeof(Destination), "destinations/*.yml"),
        ("export", typeof(Export), "exports/*.yml"),
        ("job", typeof(Job), "jobs/*.yml"),
        ("settings", typeof(SettingsFile), "settings.yml"),
        ("metrics", typeof(MetricFile), "metrics/*.yml, models/**/_metrics_catalog.yml"),
    ];

    public static Command Create() =>
        new Command("schema", "Write JSON Schemas of the project's files into .tributary/schema, for editors.").WithAction((invocation, _) =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(invocation.ProjectFolder, ".tributary", "schema"));
            foreach (var (name, root, title) in Files)
                File.WriteAllText(Path.Combine(folder.FullName, name + ".json"), JsonSchema.For(root, invocation.Kinds, title));
            invocation.WriteLine($"Wrote {Files.Length} schemas to {folder.FullName}.");
            return Task.FromResult(0);
        });
}
