using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>env_var('NAME', 'default')</c>. Names that begin with DBT_ENV_SECRET hold secrets and never become SQL.</summary>
internal static class EnvironmentFunction
{
    private const string SecretPrefix = "DBT_ENV_SECRET";

    /// <summary>Profiles and packages may read secrets; models and their properties may not.</summary>
    public static Function Make(ModelSettings settings, bool withSecrets = false) => new("env_var", "var, default=None", a =>
    {
        var name = a.Text(0);
        if (!withSecrets && name.StartsWith(SecretPrefix, StringComparison.Ordinal))
            throw new TemplateException($"'{name}' is a secret and may not be read in a model or its properties", "Use it in the connection's settings.");
        return settings.Environment(name) ?? a[1]
            ?? throw new TemplateException($"the environment has no variable '{name}'", $"Set it, or give a default: env_var('{name}', '…').");
    });
}
