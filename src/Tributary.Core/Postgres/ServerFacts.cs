namespace Tributary.Core.Postgres;

/// <summary>What a server says about itself and about our role.</summary>
/// <param name="Version">As PostgreSQL's <c>server_version_num</c>: 150018 is 15.18.</param>
/// <param name="MayCreate">The role may create schemas in the database.</param>
/// <param name="HasControlSchemas">Both control schemas are there, and the role may use them and create in them.</param>
/// <param name="IsStandby">The server replays another one's changes and takes none itself.</param>
internal sealed record ServerFacts(
    int Version, string Database, string Role, bool IsSuperuser, bool MayCreate, bool HasControlSchemas, bool IsStandby, string Encoding);
