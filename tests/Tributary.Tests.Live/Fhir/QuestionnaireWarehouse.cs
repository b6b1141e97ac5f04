using Tributary.Core.Fhir;
using Tributary.Core.Graph;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Fhir;

/// <summary>A warehouse with a raw table of responses, and the models that questionnaires become.</summary>
internal sealed class QuestionnaireWarehouse : IAsyncDisposable
{
    public const string Header = "table,column,linkid,short_name,label,data_type,questionnaire_title,source,anon\n";
    private const string Organization = "https://example.org/organization";

    private QuestionnaireWarehouse(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public static async Task<QuestionnaireWarehouse> CreateAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            "create schema airbyte; create table airbyte.questionnaire_response (id text primary key, resource jsonb not null, _deleted boolean not null default false)");
        return new QuestionnaireWarehouse(database);
    }

    /// <summary>A completed response of the questionnaire <c>form</c>, with the given elements in place of the usual ones.</summary>
    public Task AddAsync(string id, string items, string elements = "{}") => Database.ExecuteAsync(
        """
        insert into airbyte.questionnaire_response (id, resource)
        values ($1, jsonb_build_object(
            'resourceType', 'QuestionnaireResponse', 'id', $1, 'status', 'completed',
            'questionnaire', 'https://example.org/Questionnaire/form',
            'subject', '{"reference": "Patient/p1"}'::jsonb, 'encounter', '{"reference": "Encounter/e1"}'::jsonb,
            'author', '{"reference": "Practitioner/d1"}'::jsonb, 'authored', '2025-03-01T10:00:00-05:00',
            'extension', '[{"url": "https://example.org/organization", "valueReference": {"reference": "Organization/o1"}}]'::jsonb,
            'item', $2::jsonb) || $3::jsonb)
        """, id, items, elements);

    /// <summary>Builds every model of the metadata rows; returns what there is to warn of.</summary>
    public async Task<IReadOnlyList<UserError>> BuildAsync(string rows, Func<QuestionnairesConfig, QuestionnairesConfig>? change = null)
    {
        var config = new QuestionnairesConfig(new SourcePosition("tributary.yml", 1), "metadata.csv", Organization: Organization);
        var metadata = QuestionnaireMetadata.Read("metadata.csv", Header + rows);
        var made = QuestionnaireModels.From(change?.Invoke(config) ?? config, metadata, new ResponsesTable("{{ source('airbyte', 'questionnaire_response') }}"));
        await new GeneratedModelBuilder(Database).BuildAsync(made.Models);
        Models = made.Models;
        return made.Warnings;
    }

    /// <summary>What the last build made.</summary>
    public IReadOnlyList<GeneratedModel> Models { get; private set; } = [];

    public Task<string[]> LinesAsync(string sql) => Database.LinesAsync(sql);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
