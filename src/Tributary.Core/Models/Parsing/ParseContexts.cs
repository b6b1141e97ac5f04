using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Parsing;

/// <summary>Makes what a template sees while its references are collected: nothing of the warehouse, little of the node itself.</summary>
internal sealed class ParseContexts(ModelFiles files, MacroLibrary macros)
{
    private ModelSettings Settings { get; init; } = files.Settings;

    /// <summary>The same contexts with settings that somebody listens to.</summary>
    public ParseContexts With(ModelSettings settings) => new(files, macros) { Settings = settings };

    private readonly DbtProject[] packages = [.. files.Packages.Select(package => package.Project)];

    /// <summary>The relation that stands for the node until its name is decided.</summary>
    public RelationValue Provisional(string name) => new()
    {
        Database = files.Settings.Target.Database,
        Schema = files.Settings.Target.Schema,
        Identifier = name,
    };

    public NodeContext Make(string package, SourcePosition at, NodeConfig config, RelationValue self, Collected collected)
    {
        var own = files.Packages.FirstOrDefault(candidate => candidate.Project.Name == package)?.Project;
        var names = new NodeNames(macros, Settings, files.Project)
        {
            Package = package,
            Packages = packages,
            At = at,
            Variables = new Variables(Settings, files.Project, own, package),
            Config = config,
            This = self,
            Picture = () => NodePicture.Of(new ParsedNode
            {
                Id = "",
                Name = self.Identifier ?? "",
                Package = package,
                Kind = NodeKind.Model,
                Path = at.File,
                At = at,
                Fqn = [package],
                Config = config,
                Schema = self.Schema ?? "",
                Alias = self.Identifier ?? "",
                Database = self.Database,
            }),
        };
        return new NodeContext(names, collected, execute: false);
    }
}
