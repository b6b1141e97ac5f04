namespace Tributary.Core.Fhir;

/// <summary>
/// Where the responses lie: <paramref name="Relation"/> as template (<c>{{ source('airbyte', 'questionnaire_response') }}</c>) and the
/// raw table's column names; <paramref name="Deleted"/> is null when the table keeps no tombstones.
/// </summary>
public sealed record ResponsesTable(string Relation, string Id = "id", string Document = "resource", string? Deleted = "_deleted");
