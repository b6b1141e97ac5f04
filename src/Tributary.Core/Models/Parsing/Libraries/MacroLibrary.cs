using System.Collections.Concurrent;
using Tributary.Core.Models.Files;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Parsing.Libraries;

/// <summary>
/// All macros by package and name, and the order in which a name is looked for: the node's package, the project, the engine.
/// Immutable.
/// </summary>
internal sealed class MacroLibrary
{
    private readonly Dictionary<string, Dictionary<string, PackageMacro>> byPackage;
    private readonly DbtProject root;

    private MacroLibrary(Dictionary<string, Dictionary<string, PackageMacro>> byPackage, DbtProject root)
    {
        this.byPackage = byPackage;
        this.root = root;
    }

    public IEnumerable<PackageMacro> All => byPackage.Values.SelectMany(package => package.Values);

    public IEnumerable<string> Packages => byPackage.Keys;

    public static MacroLibrary Load(IReadOnlyList<PackageFiles> packages, Problems problems)
    {
        SqlFile[] files = [.. EmbeddedMacros.Files, .. packages.SelectMany(package => package.Macros)];
        var parsed = new Template?[files.Length];
        var failures = new ConcurrentBag<UserError>();
        Parallel.For(0, files.Length, i =>
        {
            try
            {
                parsed[i] = Template.ParseLibrary(files[i].Text, files[i].Path);
            }
            catch (TemplateException error)
            {
                failures.Add(TemplateErrors.Of(error, new SourcePosition(files[i].Path)));
            }
        });
        foreach (var failure in failures) problems.Add(failure);
        var all = files.Zip(parsed).Where(pair => pair.Second is not null)
            .SelectMany(pair => PackageMacro.Of(pair.First.Package, pair.Second!)); // filtered right before
        return new MacroLibrary(Group(all, problems), packages[0].Project);
    }

    /// <summary>No macros at all.</summary>
    public static MacroLibrary Empty(DbtProject root) => new([], root);

    /// <summary>What an unqualified name means in a node of this package.</summary>
    public PackageMacro? Find(string name, string fromPackage) =>
        FindIn(fromPackage, name) ?? FindIn(root.Name, name) ?? FindIn(EmbeddedMacros.Package, name) ?? OfEngine(name);

    public PackageMacro? FindIn(string package, string name) =>
        byPackage.TryGetValue(package, out var macros) ? macros.GetValueOrDefault(name) : null;

    /// <summary>What a name in a package's space means: <c>dbt.dateadd</c>, <c>dbt_utils.star</c>.</summary>
    public PackageMacro? FindInSpace(string package, string name) =>
        FindIn(package, name) ?? (package == EmbeddedMacros.Package ? OfEngine(name) : null);

    /// <summary>The engine is written for one database: what dbt names postgres__… is its default.</summary>
    private PackageMacro? OfEngine(string name) =>
        name.StartsWith(Prefixes[0], StringComparison.Ordinal) ? FindIn(EmbeddedMacros.Package, Prefixes[1] + name[Prefixes[0].Length..]) : null;

    public bool HasPackage(string package) => byPackage.ContainsKey(package);

    public IEnumerable<string> NamesIn(string package) => byPackage.TryGetValue(package, out var macros) ? macros.Keys : [];

    /// <summary>
    /// What <c>adapter.dispatch(name, space)</c> chooses: in each package to be searched, <c>postgres__name</c> before
    /// <c>default__name</c>.
    /// </summary>
    public PackageMacro? Dispatch(string name, string? space, string fromPackage)
    {
        foreach (var package in SearchOrder(space))
        {
            foreach (var prefix in Prefixes)
            {
                var found = package is null
                    ? FindIn(fromPackage, prefix + name) ?? FindIn(root.Name, prefix + name) ?? FindIn(EmbeddedMacros.Package, prefix + name)
                    : FindIn(package, prefix + name);
                if (found is not null) return found;
            }
        }
        return null;
    }

    /// <summary>The macro of the project, or of a package that <c>dispatch</c> puts before the engine, in the place of one of the engine's; null when there is none.</summary>
    public PackageMacro? Replacement(string name)
    {
        var found = FindIn(root.Name, name) ?? Dispatch(name, EmbeddedMacros.Package, root.Name);
        return found is null || found.Package == EmbeddedMacros.Package ? null : found;
    }

    /// <summary>
    /// The materialization of a name: the project's, a package's, the engine's. A package takes the place of one of the engine's only
    /// when the project says so by a flag: else it calls the package's from one of its own.
    /// </summary>
    public PackageMacro? Materialization(string name, string fromPackage)
    {
        var engines = FindIn(EmbeddedMacros.Package, $"materialization_{name}_postgres") ?? FindIn(EmbeddedMacros.Package, $"materialization_{name}_default");
        foreach (var adapter in Adapters)
        {
            var full = $"materialization_{name}_{adapter}";
            if (FindIn(root.Name, full) is { } ours) return ours;
            if ((engines is null || PackagesReplaceEngines) && OfPackages(full) is { } packaged) return packaged;
        }
        return engines ?? Find($"materialization_{name}_default", fromPackage);
    }

    private static readonly string[] Adapters = ["postgres", "default"];

    private bool PackagesReplaceEngines => root.Flags.GetValueOrDefault("require_explicit_package_overrides_for_builtin_materializations") is false;

    private PackageMacro? OfPackages(string name) => byPackage.OrderBy(package => package.Key, StringComparer.Ordinal)
        .Where(package => package.Key != EmbeddedMacros.Package).Select(package => package.Value.GetValueOrDefault(name)).FirstOrDefault(found => found is not null);

    private static readonly string[] Prefixes = ["postgres__", "default__"];

    private IEnumerable<string?> SearchOrder(string? space)
    {
        if (space is null) return [null];
        if (root.Dispatch.TryGetValue(space, out var order)) return space == EmbeddedMacros.Package ? order.Append(EmbeddedMacros.Package) : order;
        return byPackage.ContainsKey(space) ? [root.Name, space] : [null]; // a space that is no package is searched for nowhere else
    }

    private static Dictionary<string, Dictionary<string, PackageMacro>> Group(IEnumerable<PackageMacro> all, Problems problems)
    {
        var packages = new Dictionary<string, Dictionary<string, PackageMacro>>(StringComparer.Ordinal);
        foreach (var macro in all)
        {
            if (!packages.TryGetValue(macro.Package, out var macros)) packages[macro.Package] = macros = new(StringComparer.Ordinal);
            if (!macros.TryAdd(macro.Name, macro))
                problems.Add(ErrorCodes.DuplicateName, macro.At, $"the macro '{macro.Name}' is defined twice; the other is at {macros[macro.Name].At}", "Rename or remove one of them.");
        }
        return packages;
    }
}
