using System.Text.Json.Serialization;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>The form of both <c>cluster.json</c> files, generated at build time, because a start must be quick.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ClusterRecord))]
[JsonSerializable(typeof(ClusterPointer))]
internal sealed partial class ClusterJson : JsonSerializerContext;
