namespace Tributary.Synthetic.Kotahi;

/// <summary>NHI numbers of both forms. All begin with Z, which is reserved for tests.</summary>
public static class Nhi
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The old form AAANNNC of a number below 576,000; null where no check digit exists.</summary>
    public static string? Old(int number)
    {
        var body = $"Z{Letters[number / 24_000 % 24]}{Letters[number / 1_000 % 24]}{number % 1_000:000}";
        var rest = Sum(body) % 11;
        return rest == 0 ? null : $"{body}{(11 - rest) % 10}";
    }

    /// <summary>The new form AAANNAX of a number below 1,382,400.</summary>
    public static string New(int number) => New(number, 23);

    /// <summary>The new form by the draft's modulus 24, which the standard gave up.</summary>
    public static string Draft(int number) => New(number, 24);

    /// <summary>Whether the check digit or letter fits.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 7 || !text.AsSpan(0, 3).ContainsOnly(Letters) || !char.IsAsciiDigit(text[3]) || !char.IsAsciiDigit(text[4])) return false;
        if (char.IsAsciiDigit(text[5])) return Sum(text) % 11 is var rest and not 0 && text[6] == '0' + (11 - rest) % 10;
        return Letters.Contains(text[5], StringComparison.Ordinal) && text[6] == Letters[22 - Sum(text) % 23];
    }

    private static string New(int number, int modulus)
    {
        var body = $"Z{Letters[number / 57_600 % 24]}{Letters[number / 2_400 % 24]}{number / 24 % 100:00}{Letters[number % 24]}";
        return body + Letters[modulus - 1 - Sum(body) % modulus];
    }

    private static int Sum(string text)
    {
        var sum = 0;
        for (var i = 0; i < 6; i++) sum += (7 - i) * (char.IsAsciiDigit(text[i]) ? text[i] - '0' : Letters.IndexOf(text[i], StringComparison.Ordinal) + 1);
        return sum;
    }

    private static bool ContainsOnly(this ReadOnlySpan<char> text, string letters) => !text.ContainsAnyExcept(letters);
}
