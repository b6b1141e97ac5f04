using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.Context;

/// <summary>
/// Everything that the templates of one node may ask for: while its references are collected (no warehouse, execute is false)
/// or while it is compiled and built. For one thread; its members are made when they are first read.
/// </summary>
internal sealed class NodeContext : IScope
{
    private readonly Dictionary<string, object?> made = new(StringComparer.Ordinal);
    private readonly NodeNames names;
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private Dictionary<(string Package, string Name), ICallable>? replaced;

    public NodeContext(NodeNames names, ICollector collector, bool execute)
    {
        this.names = names;
        Collector = collector;
        IsExecuting = execute;
        Templates = new TemplateContext(this) { Undefined = execute ? UndefinedPolicy.Lenient : UndefinedPolicy.Chained };
    }

    /// <summary>What hears of references and configuration, and says what they mean.</summary>
    public ICollector Collector { get; }

    public bool IsExecuting { get; }

    public TemplateContext Templates { get; }

    public NodeNames Node => names;

    /// <summary>The run; null while references are collected.</summary>
    public RunContext? Run { get; init; }

    /// <summary>The node's connection; null while references are collected.</summary>
    public WarehouseSession? Session { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>Results of statements by name (<c>load_result</c>).</summary>
    public Dictionary<string, object?> Results { get; } = new(StringComparer.Ordinal);

    /// <summary>The node's SQL while its materialization runs: <c>model.compiled_code</c>.</summary>
    public string? CompiledSql { get; set; }

    /// <summary>The instant of the run; while references are collected, when the program started.</summary>
    public DateTimeOffset Now => Run?.AsOf ?? names.Settings.StartedAt;

    /// <summary>True once a template read as_of: the node depends on the run's day.</summary>
    public bool ReadAsOf { get; set; }

    public IEnumerable<string> Names => made.Keys
        .Concat(names.Macros.NamesIn(names.Package)).Concat(names.Macros.NamesIn(names.Root.Name)).Concat(names.Macros.NamesIn(EmbeddedMacros.Package))
        .Concat(ContextMembers.Names).Distinct();

    /// <summary>Makes a name known to this node alone (the SQL of a materialization, the arguments of a test).</summary>
    public object? this[string name]
    {
        set => made[name] = PlainObject.ToTemplate(value);
    }

    /// <summary>Puts something in the place of a package's macro, where it is called by both names; for this node alone.</summary>
    public void Replace(string package, string name, ICallable with) => (replaced ??= [])[(package, name)] = with;

    /// <summary>What <c>package.name</c> means here; null when the package has no such macro.</summary>
    public ICallable? In(string package, string name) =>
        replaced?.GetValueOrDefault((package, name)) ?? (names.Macros.FindInSpace(package, name) is { } macro ? Bind(macro) : null);

    public IEnumerable<string> MacrosIn(string package) => names.Macros.NamesIn(package);

    /// <summary>A macro of the project wins over a member of the same name, as in dbt.</summary>
    public bool TryGet(string name, out object? value)
    {
        if (made.TryGetValue(name, out value)) return true;
        if (names.Macros.Find(name, names.Package) is { } macro) value = Bind(macro);
        else if (names.Macros.HasPackage(name)) value = new PackageNamespace(this, name);
        else if (!ContextMembers.TryMake(this, name, out value)) return false;
        made[name] = value = PlainObject.ToTemplate(value);
        return true;
    }

    public ICallable Bind(PackageMacro macro) => macro.Macro.Bind(Templates);

    /// <summary>Calls a macro of any package from C#; its answer is a value when it returns one, else its text.</summary>
    public object? Call(PackageMacro macro, params object?[] arguments) => Bind(macro).Call(new CallArguments(Templates, arguments));

    /// <summary>
    /// Calls the macro that the project puts in the place of one of the engine's; false when it has none. Within that macro the
    /// engine's own is meant, so that it may build on it.
    /// </summary>
    public bool TryCallReplacement(string name, object? argument, out object? answer)
    {
        answer = null;
        if (names.Macros.Replacement(name) is not { } macro || !running.Add(name)) return false;
        try
        {
            answer = Call(macro, argument);
            return true;
        }
        finally
        {
            running.Remove(name);
        }
    }

    /// <summary>Where the template stands now, for messages.</summary>
    public SourcePosition Here => Templates.Position is { } at ? new SourcePosition(at.File, at.Line, at.Column) : names.At;
}
