using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>A project of one FHIR source, run by the real program.</summary>
internal sealed class FhirProject : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tributary-fhir-");
    private readonly Dictionary<string, string> environment;

    public FhirProject(FhirDouble server, TestDatabase warehouse, string mode, bool history)
    {
        environment = new() { ["FHIR_TEST_PASSWORD"] = warehouse.Address.Password! }; // the test server always has one
        File.WriteAllText(Path.Combine(folder.FullName, "tributary.yml"), $$"""
            config_version: 1
            name: fhir_test
            warehouse:
              host: {{warehouse.Address.Host}}
              port: {{warehouse.Address.Port}}
              database: {{warehouse.Address.Database}}
              user: {{warehouse.Address.Username}}
              password: ${FHIR_TEST_PASSWORD}
              schema: public
            """);
        folder.CreateSubdirectory("sources");
        File.WriteAllText(Path.Combine(folder.FullName, "sources", "fhir.yml"), $$"""
            kind: fhir_server
            base: {{server.Base}}
            mode: {{mode}}
            count: 50
            history: {{(history ? "true" : "false")}}
            batch_bytes: 8 KB
            streams: [Patient]
            """);
    }

    public TributaryProcess Start() => TributaryProcess.Start(environment, "sync", "--project", folder.FullName);

    public Task<ProcessResult> SyncAsync() => TributaryProcess.RunAsync(environment, "sync", "--project", folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);
}
