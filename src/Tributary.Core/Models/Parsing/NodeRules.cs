using Tributary.Core.Graph;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Microbatches;
using Tributary.Core.Models.Parsing.Contracts;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Models.Parsing.Snapshots;
using Tributary.Core.Models.Parsing.Tests;
using Tributary.Core.Models.Periods;
using Tributary.Core.Text;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Parsing;

/// <summary>What must hold of all nodes once their names and configuration are settled.</summary>
internal sealed class NodeRules(ModelFiles files, MacroLibrary macros, ReferenceTable references, Problems problems)
{
    public void Check(IReadOnlyList<ParsedNode> nodes)
    {
        CheckMaterializations(nodes);
        SnapshotRules.Check(nodes, problems);
        ContractRules.Check(nodes, problems);
        MicrobatchRules.Check(nodes, problems);
        PeriodRules.Check(nodes, files.Settings, problems);
        ChangeRules.Check(nodes, references, files.Settings, problems);
        TestConfig.Check(nodes, problems);
    }

    /// <summary>Folders that configure nothing, and keys that look like another one's; <paramref name="keys"/> are those that a draft's own file sets, by its place.</summary>
    public void CheckConfigs(IReadOnlyList<NodeDraft> drafts, Func<int, IEnumerable<string>?> keys, IReadOnlyList<ParsedNode> nodes)
    {
        var check = new FolderConfigCheck(files.Project, problems);
        foreach (var section in new[] { "models", "seeds", "snapshots" })
            check.Check(section, drafts.Where(draft => draft.Section == section).Select(draft => draft.Fqn));
        check.Check("sources", files.Sources.Select(source => source.Fqn));
        check.Check("tests", drafts.Select(draft => draft.Fqn).Concat(nodes.Select(node => node.Fqn)));
        for (var i = 0; i < drafts.Count; i++) ConfigTypos.Warn(keys(i), drafts[i].At, problems);
    }

    private void CheckMaterializations(IEnumerable<ParsedNode> nodes)
    {
        foreach (var node in nodes.Where(node => node.Kind == NodeKind.Model && !node.IsEphemeral))
        {
            if (macros.Materialization(node.Config.Materialized, node.Package) is not null) continue;
            string[] known = [.. macros.All.Where(macro => macro.Macro.Kind == MacroKind.Materialization).Select(macro => macro.Macro.Name).Append("ephemeral").Distinct().Order(StringComparer.Ordinal)];
            problems.Add(ErrorCodes.UnknownName, node.At, $"the model '{node.Name}' is materialized as '{node.Config.Materialized}', which nothing defines", Nearest.Hint(node.Config.Materialized, known));
        }
    }
}
