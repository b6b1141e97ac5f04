namespace Tributary.Core.Models.Caching;

/// <summary>What stands next in a stored graph of objects.</summary>
internal enum StoredTag : byte
{
    Null,
    True,
    False,
    Integer,
    Long,
    Double,
    NewText,
    KnownText,
    Bytes,
    Position,
    Enumeration,
    Given,
    Known,
    Template,
    Array,
    List,
    Map,
    Set,
    Fields,
}
