namespace Tributary.Connectors.Couch;

/// <summary>How a CouchDB server is told who asks.</summary>
public enum CouchAuth
{
    /// <summary>Name and password with every request.</summary>
    Basic,

    /// <summary>Name and password once, a cookie afterwards.</summary>
    Session,

    /// <summary>A JSON Web Token.</summary>
    Jwt,

    /// <summary>The headers of a proxy that has checked the user: name, roles and a token made from a shared secret.</summary>
    Proxy,
}
