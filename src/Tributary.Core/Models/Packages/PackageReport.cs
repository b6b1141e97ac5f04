using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>What <c>deps</c> did.</summary>
public sealed record PackageReport(IReadOnlyList<InstalledPackage> Packages, IReadOnlyList<UserError> Warnings);

/// <summary>One package: its name, what was fetched, and a newer version when there is one.</summary>
public sealed record InstalledPackage(string Name, string Source, string? Newer);
