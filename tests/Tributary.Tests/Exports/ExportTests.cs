using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Exports;

public sealed class ExportTests
{
    [Fact]
    [Requirement("E40")]
    public void Reads_an_export_and_a_destination()
    {
        var export = Read<Export>("""
            track: anon
            relations: [patient_anon, "qr_*"]
            order_by: { patient_anon: [id, gender], "*": primary }
            file: "{yyyy}/engage_{track}_{yyyyMMdd_HHmmss}.zip"
            csv: { formula: keep, line_end: lf }
            leak_check:
              allow: [{column: patient_anon.city, reason: public}]
            to: local
            """);
        Assert.Equal(Track.Anon, export.Track);
        Assert.Equal(["id", "gender"], export.OrderOf("patient_anon"));
        Assert.Equal([Export.PrimaryKey], export.OrderOf("qr_x"));
        Assert.Equal(new CsvOptions(CsvFormula.Keep, CsvLineEnd.Lf), export.Csv);
        Assert.Equal("public", Assert.Single(export.LeakCheck!.Allow).Reason);

        var destination = Assert.IsType<Folder>(Read<Destination>("{kind: folder, path: exports-out, tracks: [pii, anon, metrics]}"));
        Assert.Equal([Track.Pii, Track.Anon, Track.Metrics], destination.Tracks);
        Assert.False(destination.Production);
    }

    [Theory]
    [InlineData("{track: anon, relations: [], file: a.zip, to: x}")]
    [InlineData("{track: anon, relations: [a], file: ../a.zip, to: x}")]
    [InlineData("{track: all, relations: [a], file: a.zip, to: x}")]
    [InlineData("{track: anon, relations: [a], file: a.zip, to: x, order_by: {a: 5}}")]
    [InlineData("{track: anon, relations: [a], file: a.zip, to: x, leak_check: {allow: [{column: a, reason: b}]}}")]
    [InlineData("{track: anon, relations: [a], file: a.zip, to: x, leak_check: {allow: [{column: a.b, reason: ' '}]}}")]
    public void Refuses_what_cannot_be(string yaml) => Assert.Throws<UserErrorException>(() => Read<Export>(yaml));

    private static T Read<T>(string yaml) where T : class =>
        new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(Export).Assembly, typeof(Folder).Assembly))
            .Read<T>(YamlFile.Parse(yaml, "exports/x.yml"), new Dictionary<string, object?> { ["name"] = "x", ["project_folder"] = "/tmp" });
}
