namespace Tributary.Synthetic.Cht;

/// <summary>A question, calculation, group or repeat of an XForm.</summary>
/// <param name="Name">The element's name in the instance.</param>
/// <param name="Type">The bind's type: string, int, decimal, date, dateTime, time, select1, select, geopoint; <c>group</c> and <c>repeat</c> hold children.</param>
/// <param name="English">The label that a health worker reads; null for what the form computes.</param>
/// <param name="French">The same in the form's other language.</param>
internal sealed record FormField(string Name, string Type, string? English = null, string? French = null)
{
    public IReadOnlyList<FormField> Children { get; init; } = [];

    /// <summary>What can be chosen: names and English labels.</summary>
    public IReadOnlyList<(string Name, string Label)> Choices { get; init; } = [];

    /// <summary>How it is shown, such as <c>select-contact type-person</c>.</summary>
    public string? Appearance { get; init; }

    public bool IsNest => Type is "group" or "repeat";

    public static FormField Group(string name, params FormField[] children) => new(name, "group") { Children = children };

    public static FormField Repeat(string name, string label, params FormField[] children) => new(name, "repeat", label) { Children = children };

    public static FormField One(string name, string label, params string[] choices) => new(name, "select1", label) { Choices = Labelled(choices) };

    public static FormField Many(string name, string label, params string[] choices) => new(name, "select", label) { Choices = Labelled(choices) };

    public static FormField Computed(string name, string type = "string") => new(name, type);

    private static (string, string)[] Labelled(string[] choices) =>
        [.. choices.Select(choice => (choice, char.ToUpperInvariant(choice[0]) + choice[1..].Replace('_', ' ')))];
}
