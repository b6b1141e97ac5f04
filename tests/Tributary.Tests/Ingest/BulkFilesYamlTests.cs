using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Ingest;

public sealed class BulkFilesYamlTests
{
    [Fact]
    public void Common_keys_stand_beside_those_of_the_kind_and_streams_may_be_a_list()
    {
        var source = Read("""
            kind: bulk_files
            path: data
            raw: { schema: airbyte, columns: { document: resource, loaded_at: _airbyte_extracted_at } }
            batch_bytes: 2 MB
            streams: [Patient, QuestionnaireResponse]
            """);

        Assert.Equal(["fhir.Patient", "fhir.QuestionnaireResponse"], source.ListStreams().Select(stream => stream.Key));
        Assert.Equal("airbyte.questionnaire_response", source.ListStreams()[1].Raw.ToString());
        Assert.Equal((2_000_000, 16_000_000, Disposition.Merge), (source.Load.BatchBytes.Bytes, source.Load.MaxRecordBytes.Bytes, source.Load.Disposition));
        Assert.Equal(new RawColumns("id", "resource", "_airbyte_extracted_at"), source.Load.Raw.Columns);
    }

    [Fact]
    public void Streams_may_have_settings_of_their_own()
    {
        var source = Read("""
            kind: bulk_files
            path: data
            streams:
              Patient: { history: true, files: "**/Patient*.ndjson*" }
              Encounter:
            """);

        Assert.Equal([true, false], source.ListStreams().Select(stream => stream.History));
    }

    [Theory]
    [InlineData("kind: bulk_files\npath: data\nstreams: [Patient, Patient]", "TRB0106")]
    [InlineData("kind: bulk_files\npath: data\nstreams: [Patient]\nhistorie: true", "TRB0103")]
    [InlineData("kind: bulk_files\npath: data\nstreams: [Patient]\nhistory: true\ndisposition: append", "TRB0115")]
    [InlineData("kind: bulk_files\npath: data\nstreams: [Patient, Encounter]\nraw: { table: all }", "TRB0115")]
    [InlineData("kind: bulk_files\npath: data\nstreams: [Patient]\nbatch_bytes: 1 B", "TRB0115")]
    [InlineData("kind: bulk_files\npath: data\nstreams: []", "TRB0115")]
    [InlineData("kind: bulk_files\npath: data\nstreams: [patient_1]", "TRB0115")]
    [InlineData("kind: bulk_file\npath: data\nstreams: [Patient]", "TRB0108")]
    public void What_is_wrong_is_said_with_its_code(string yaml, string code)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(yaml));

        Assert.Equal([code], error.Errors.Select(one => one.Code));
    }

    private static Source Read(string yaml) =>
        new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(BulkFiles).Assembly))
            .Read<Source>(YamlFile.Parse(yaml, "sources/fhir.yml"), new Dictionary<string, object?> { ["name"] = "fhir", ["project_folder"] = "/project" });
}
