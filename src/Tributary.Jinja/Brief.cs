namespace Tributary.Jinja;

/// <summary>Names for messages: cut when they are long, and without control characters.</summary>
internal static class Brief
{
    private const int Longest = 60;

    public static string Name(string name)
    {
        var shown = name.Length > Longest ? string.Concat(name.AsSpan(0, Longest), "…") : name;
        return shown.Any(char.IsControl) ? string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c)) : shown;
    }
}
