namespace Tributary.Jinja.Values;

/// <summary>Objects for the values that templates make most: truth values and small numbers, made once.</summary>
internal static class Boxed
{
    public static readonly object True = true;
    public static readonly object False = false;
    private const int Lowest = -16;
    private static readonly object[] Small = [.. Enumerable.Range(Lowest, 1040).Select(i => (object)(long)i)];

    public static object Bool(bool value) => value ? True : False;

    public static object Integer(long value) =>
        value is >= Lowest and < 1024 ? Small[value - Lowest] : value;
}
