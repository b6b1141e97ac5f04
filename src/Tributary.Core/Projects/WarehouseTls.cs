namespace Tributary.Core.Projects;

/// <summary>How a connection to the warehouse is protected (libpq's sslmode).</summary>
public enum WarehouseTls
{
    Disable,
    Prefer,
    Require,
    VerifyFull,
}
