namespace Tributary.Core.Projects.Profiles;

/// <summary>One output of a dbt profile: where models are built, and how many at once.</summary>
internal sealed record Profile(string Target, WarehouseConfig Warehouse, string Schema, int Threads);
