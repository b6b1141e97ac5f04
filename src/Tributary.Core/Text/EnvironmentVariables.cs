namespace Tributary.Core.Text;

/// <summary>Where <c>${NAME}</c> in project files gets its value: the process environment first, then the secrets file.</summary>
public sealed class EnvironmentVariables(Func<string, string?> process, SecretsFile? secrets = null)
{
    /// <summary>Knows every value of the secrets file and every value that became a <see cref="Secret"/>.</summary>
    public Redactor Redactor { get; } = Learned(secrets);

    /// <summary>The environment of this process and the secrets file that it points at, if any.</summary>
    public static EnvironmentVariables OfProcess() =>
        new(Environment.GetEnvironmentVariable, SecretsFile.Locate(Environment.GetEnvironmentVariable)) { Names = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()] };

    /// <summary>The names that the process knows, where whole families of them are asked for.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The value of a variable; null when it is set nowhere. An empty value counts as set.</summary>
    public string? Find(string name) => process(name) ?? secrets?.Find(name);

    private static Redactor Learned(SecretsFile? secrets)
    {
        var redactor = new Redactor();
        foreach (var value in secrets?.Values ?? []) redactor.Learn(value);
        return redactor;
    }
}
