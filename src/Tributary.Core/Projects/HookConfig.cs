using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Projects;

/// <summary>A caller that may say that a source has something new, and by what it is known.</summary>
public sealed record HookConfig(
    SourcePosition At,
    [Description("What the caller must show: as bearer token, as password of basic authentication, or in the header X-Tributary-Secret. As ${NAME}.")] Secret Secret,
    [Description("The sources that it speaks of; default: all.")] IReadOnlyList<string>? Sources = null) : IValidated
{
    public const int ShortestSecret = 16;

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Secret.Reveal().Length < ShortestSecret)
            check.Refuse("secret", $"the secret is shorter than {ShortestSecret} characters", "Make one with: openssl rand -hex 24");
    }
}
