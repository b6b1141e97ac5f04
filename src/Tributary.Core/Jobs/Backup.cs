using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>Where backups of the warehouse go and how many are kept.</summary>
public sealed record Backup(
    SourcePosition At,
    [Description("Folder, absolute or below the project's; only its owner may read what is in it.")] string Folder,
    [Description("How many backups stay.")] int Keep = 7) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Keep is < 1 or > 10_000) check.Refuse("keep", $"{Keep} is not in 1 to 10,000");
    }
}
