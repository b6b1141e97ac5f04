namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>What the specification calls an error.</summary>
internal sealed class OracleException(string message) : Exception(message);
