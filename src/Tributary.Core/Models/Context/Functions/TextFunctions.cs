using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>JSON and YAML in and out of templates, and MD5.</summary>
internal static class TextFunctions
{
    public static Function ToJson(NodeContext context) => new("tojson", "value, default=None, sort_keys=False", a => JsonText.Of(a[0], a.Context, sortsKeys: a.IsTrue(2)));

    public static Function FromJson(NodeContext context) => new("fromjson", "string, default=None", a =>
    {
        if (a[0] is not string text) return a[1];
        try
        {
            return HostValue.From(JsonDocument.Parse(text).RootElement.Clone());
        }
        catch (JsonException)
        {
            return a[1]; // as in dbt: what cannot be read is the default, none when there is none
        }
    });

    public static Function FromYaml(NodeContext context) => new("fromyaml", "value, default=None", a =>
    {
        if (a[0] is not string text) return a[1];
        try
        {
            return PlainObject.ToTemplate(YamlFile.Parse(text, context.Node.At.File).ToObject());
        }
        catch (UserErrorException)
        {
            return a[1];
        }
    });

    public static Function ToYaml(NodeContext context) => new("toyaml", "value, default=None, sort_keys=False", a => YamlText.Of(PlainObject.From(a[0]), a.IsTrue(2)));

#pragma warning disable CA5351 // Projects build keys with it; nothing rests on its strength.
    public static Function Md5(NodeContext context) => new("local_md5", "value", a => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(a.Text(0)))));
#pragma warning restore CA5351
}
