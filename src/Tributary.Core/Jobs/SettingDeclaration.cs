using System.Globalization;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>A value that operators change at run time, or with <c>{year}</c> in its name one for each year.</summary>
public sealed record SettingDeclaration(
    SourcePosition At,
    [Description("boolean, list, string, number or date.")] SettingType Type,
    [Description("What holds while nobody has set it; without it the setting is missing then.")] object? Default = null,
    [Description("The values that it, or each item of a list, may have; compared without regard to case.")] IReadOnlyList<string>? Values = null,
    [Description("The smallest number.")] double? Min = null,
    [Description("The largest number.")] double? Max = null,
    [Description("The first year, for a name with {year}.")] int? FromYear = null,
    [Description("How long before a new year its settings are asked for.")][Default("60d")] TimeSpan WarnAhead = default,
    [Description("For people.")] string Description = "") : IValidated
{
    private const int MostItems = 10_000;
    private const int LongestText = 10_000;

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Values is not null && Type is not (SettingType.List or SettingType.String)) check.Refuse("values", "they go with list and string");
        if ((Min ?? Max) is not null && Type != SettingType.Number) check.Refuse(Min is null ? "max" : "min", "it goes with number");
        if (Min > Max) check.Refuse("min", "it is larger than max");
        if (FromYear is < 1900 or > 2200) check.Refuse("from_year", $"{FromYear} is not in 1900 to 2200");
        if (Default is not null && !TryTake(Default, out _, out var wrong)) check.Refuse("default", wrong);
    }

    /// <summary>Takes a value as it comes from a command line or a CSV.</summary>
    public bool TryParse(string text, out object? value, out string wrong)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        (value, wrong) = Type switch
        {
            SettingType.Boolean => text.ToLowerInvariant() switch
            {
                "true" or "t" or "yes" or "on" or "1" => ((object?)true, ""),
                "false" or "f" or "no" or "off" or "0" => (false, ""),
                _ => (null, "expected true or false"),
            },
            SettingType.List => Items(text.Trim('[', ']').Split([',', ';', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)),
            SettingType.Number => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Number(number) : (null, "expected a number such as 12.5"),
            SettingType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? (text, "") : (null, "expected a date such as 2025-12-31"),
            _ => Word(text),
        };
        return wrong.Length == 0;
    }

    internal bool TryTake(object? given, out object? value, out string wrong)
    {
        if (given is not List<object?> list) return TryParse(Convert.ToString(given, CultureInfo.InvariantCulture) ?? "", out value, out wrong);
        (value, wrong) = Type == SettingType.List ? Items([.. list.Select(item => Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")]) : (null, $"expected {Identifier.Snake(Type.ToString())}, found a list");
        return wrong.Length == 0;
    }

    /// <summary>The default as the type has it; null without one.</summary>
    public object? DefaultValue => Default is not null && TryTake(Default, out var value, out _) ? value : null;

    /// <summary>What templates see while a project is read and no warehouse was asked.</summary>
    public object Sample => DefaultValue ?? Type switch
    {
        SettingType.Boolean => false,
        SettingType.List => new List<object?>(),
        SettingType.Number => 0L,
        SettingType.Date => "1970-01-01",
        _ => "",
    };

    private (object? Value, string Wrong) Number(decimal number) =>
        (Min is { } min && number < (decimal)min) || (Max is { } max && number > (decimal)max) ? (null, $"{number} is not in {Min} to {Max}")
        : number == Math.Truncate(number) && Math.Abs(number) < long.MaxValue ? ((long)number, "") : ((double)number, "");

    private (object? Value, string Wrong) Word(string text)
    {
        if (text.Length > LongestText) return (null, $"expected {LongestText} characters at most");
        if (Values is null) return (text, "");
        return Known(text) is { } known ? (known, "") : (null, $"'{Excerpt.Of(text)}' is none of {string.Join(", ", Values)}");
    }

    private (object? Value, string Wrong) Items(string[] items)
    {
        if (items.Length > MostItems) return (null, $"expected {MostItems} items at most");
        var unknown = Values is null ? [] : items.Where(item => Known(item.Trim()) is null).Distinct().ToList();
        if (unknown.Count > 0) return (null, $"{string.Join(", ", unknown.Take(5).Select(item => $"'{Excerpt.Of(item)}'"))} {(unknown.Count == 1 ? "is" : "are")} none of {string.Join(", ", Values!)}"); // something is unknown only among values
        return (items.Select(item => Known(item.Trim()) ?? item.Trim()).Distinct().Cast<object?>().ToList(), "");
    }

    private string? Known(string text) => Values is null ? text : Values.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase));
}
