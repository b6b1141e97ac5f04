using System.Text;
using System.Text.Json;
using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Forms;

/// <summary>Puts forms and reports into a double's database as CHT keeps them.</summary>
internal static class FormDocuments
{
    public static void PutForm(this CouchDatabase database, string form, string fields, string binds, string body = "", string version = "1")
    {
        var xml = $"""
            <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>{form}</h:title><model>
            <instance><{form} id="{form}" version="{version}">{fields}</{form}></instance>{binds}</model></h:head><h:body>{body}</h:body></h:html>
            """;
        database.PutXml(form, xml);
    }

    public static void PutXml(this CouchDatabase database, string form, string xml) => database.Put($"form:{form}",
        $"\"type\":\"form\",\"internalId\":{JsonSerializer.Serialize(form)},\"_attachments\":{{\"xml\":{{\"content_type\":\"application/xml\",\"data\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(xml))}\"}}}}");

    public static void PutReport(this CouchDatabase database, string id, string form, string fields, string more = "") =>
        database.Put(id, $"\"type\":\"data_record\",\"form\":{JsonSerializer.Serialize(form)},\"reported_date\":1735689600000,\"fields\":{fields}{more}");
}
