using System.CommandLine;
using Tributary.Cli.Commands;
using Tributary.Core.Graph.Selecting;
using Tributary.Core.Text;

namespace Tributary.Cli.Arguments;

/// <summary>The options that choose nodes, as dbt has them; where an option is not given, dbt's environment variable counts.</summary>
internal sealed class SelectionArguments
{
    private readonly Option<string[]> select = Words("--select", "Which nodes: names, paths, tag:…, +name, name+, a,b (both).", "-s");

    private readonly Option<string[]> models = Words("--models", "Models alone, in the words of --select.", "-m", "--model");

    private readonly Option<string[]> exclude = Words("--exclude", "Nodes to leave out.");

    private readonly Option<string?> selector = new("--selector") { Description = "A selection of selectors.yml.", HelpName = "NAME" };

    private readonly Option<string?> indirect = new("--indirect-selection") { Description = "Which tests follow their nodes: eager, cautious, buildable, empty.", HelpName = "MODE" };

    private readonly Option<string[]> resourceTypes = Words("--resource-type", "Only nodes of these kinds.", "--resource-types");

    private readonly Option<string[]> excludedTypes = Words("--exclude-resource-type", "No nodes of these kinds.", "--exclude-resource-types");

    public T AddTo<T>(T command) where T : Command
    {
        foreach (var option in new Option[] { select, models, exclude, selector, indirect, resourceTypes, excludedTypes }) command.Add(option);
        return command;
    }

    /// <summary>Words of <c>--select</c> or <c>--models</c>; null when neither was given.</summary>
    public IReadOnlyList<string>? Select(Invocation invocation) => Given(invocation, select) ?? Given(invocation, models);

    /// <summary><c>--models</c> was given: <c>ls</c> then lists models alone.</summary>
    public bool AsksForModels(Invocation invocation) => Given(invocation, models) is not null;

    public bool HasWords(Invocation invocation) => Select(invocation) is not null || Given(invocation, exclude) is not null || invocation.Get(selector) is not null;

    /// <summary>What was asked for, among nodes of these kinds (dbt's words).</summary>
    public SelectionRequest Request(Invocation invocation, IReadOnlyCollection<string> types) => new()
    {
        Select = Select(invocation),
        Exclude = Given(invocation, exclude),
        Selector = invocation.Get(selector),
        Indirect = Indirect(invocation),
        ResourceTypes = Types(invocation, types),
        StateFolder = StateArguments.Folder(invocation),
        Warn = text => Warn(invocation, text),
    };

    private static void Warn(Invocation invocation, string text)
    {
        if (RunArguments.FailsOnWarnings(invocation)) throw new UserErrorException(ErrorCodes.UnknownSelector, null, text, "--warn-error makes this an error.");
        invocation.Warn(text);
    }

    private IndirectSelection Indirect(Invocation invocation) => invocation.Given(indirect, "DBT_INDIRECT_SELECTION") switch
    {
        null => IndirectSelection.Eager,
        var text when Enum.TryParse<IndirectSelection>(text, ignoreCase: true, out var mode) => mode,
        var text => throw new UserErrorException(ErrorCodes.UnknownName, null, $"--indirect-selection '{text}' is not known.", "Known: eager, cautious, buildable, empty."),
    };

    private HashSet<string> Types(Invocation invocation, IReadOnlyCollection<string> usual)
    {
        var asked = Given(invocation, resourceTypes) ?? FromEnvironment(invocation, "DBT_RESOURCE_TYPES");
        var types = asked is null ? [.. usual] : Expanded(asked, usual);
        types.ExceptWith(Expanded(Given(invocation, excludedTypes) ?? FromEnvironment(invocation, "DBT_EXCLUDE_RESOURCE_TYPES") ?? [], usual));
        return types;
    }

    /// <summary><c>default</c> and <c>all</c> stand for many; <c>all</c> has analyses too.</summary>
    private static HashSet<string> Expanded(IReadOnlyList<string> words, IReadOnlyCollection<string> usual)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (word is "default" or "all") types.UnionWith(usual);
            else types.Add(word);
            if (word == "all") types.Add("analysis");
        }
        return types;
    }

    private static string[]? FromEnvironment(Invocation invocation, string name) =>
        invocation.Environment.Find(name) is { Length: > 0 } text ? text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) : null;

    private static string[]? Given(Invocation invocation, Option<string[]> option) =>
        invocation.Parsed.GetResult(option) is { Implicit: false } ? invocation.Get(option) : null;

    private static Option<string[]> Words(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "S",
        AllowMultipleArgumentsPerToken = true,
    };
}
