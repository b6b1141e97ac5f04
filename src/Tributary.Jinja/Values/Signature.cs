using System.Collections.Concurrent;
using System.Globalization;

namespace Tributary.Jinja.Values;

/// <summary>The parameters of a function, read from text such as <c>"width=80, first=False, *args"</c>.</summary>
internal sealed class Signature
{
    private static readonly List<KeyValuePair<string, object?>> NoNames = [];

    /// <summary>As many as the program has functions: their signatures stand in its text.</summary>
    private static readonly ConcurrentDictionary<(string Name, string Text), Signature> Known = new();

    private readonly bool takesRest;
    private readonly bool takesNamedRest;
    private readonly int positional;

    private Signature(string name, string text)
    {
        Name = name;
        var parameters = new List<Parameter>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("**", StringComparison.Ordinal)) takesNamedRest = true;
            else if (part[0] == '*') (takesRest, positional) = (true, parameters.Count);
            else parameters.Add(ParseParameter(part));
        }

        Parameters = [.. parameters];
        if (!takesRest) positional = Parameters.Length;
    }

    public string Name { get; }

    public Parameter[] Parameters { get; }

    public static Signature Parse(string name, string text) => Known.GetOrAdd((name, text), static key => new(key.Name, key.Text));

    public BoundArguments Bind(CallArguments call)
    {
        var values = new object?[Parameters.Length];
        var count = Math.Min(positional, call.PositionalArray.Length); // what stands behind *args is given by name only
        Array.Copy(call.PositionalArray, values, count);
        var given = count == values.Length ? null : new bool[values.Length];
        for (var i = 0; i < count && given is not null; i++) given[i] = true;
        var namedRest = BindNamed(call, values, given);
        if (given is not null) FillDefaults(values, given);
        if (call.PositionalArray.Length > positional && !takesRest) throw TooMany(call.PositionalArray.Length);
        return new BoundArguments(this, call.Context, values)
        {
            Rest = call.PositionalArray.Length > positional ? call.PositionalArray[positional..] : [],
            NamedRest = namedRest,
        };
    }

    private List<KeyValuePair<string, object?>> BindNamed(CallArguments call, object?[] values, bool[]? given)
    {
        List<KeyValuePair<string, object?>>? rest = null;
        foreach (var pair in call.NamedArray)
        {
            var index = Array.FindIndex(Parameters, p => p.Name == pair.Key);
            if (index < 0)
            {
                if (!takesNamedRest) throw new TemplateException($"{Name}() has no parameter '{pair.Key}'", Expected());
                (rest ??= []).Add(pair);
                continue;
            }

            if (given is null || given[index]) throw new TemplateException($"{Name}() got '{pair.Key}' twice");
            given[index] = true;
            values[index] = pair.Value;
        }

        return rest ?? NoNames;
    }

    private void FillDefaults(object?[] values, bool[] given)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (given[i]) continue;
            if (Parameters[i].IsRequired) throw new TemplateException($"{Name}() needs '{Parameters[i].Name}'", Expected());
            values[i] = Parameters[i].Default;
        }
    }

    private TemplateException TooMany(int count) =>
        new($"{Name}() takes at most {Parameters.Length} argument(s), {count} were given", Expected());

    private string Expected() => $"Its parameters: {(Parameters.Length == 0 ? "none" : string.Join(", ", Parameters.Select(p => p.Name)))}.";

    private static Parameter ParseParameter(string part)
    {
        var equals = part.IndexOf('=');
        return equals < 0 ? new Parameter(part, true, null) : new Parameter(part[..equals], false, ParseDefault(part[(equals + 1)..]));
    }

    private static object? ParseDefault(string text) => text switch
    {
        "None" => null,
        "True" => true,
        "False" => false,
        _ when text[0] == '\'' => text[1..^1],
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };
}
