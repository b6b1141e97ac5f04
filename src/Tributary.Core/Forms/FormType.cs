namespace Tributary.Core.Forms;

/// <summary>What a field of a form holds.</summary>
public enum FormType
{
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    DateTime,
    Time,

    /// <summary>One of several answers.</summary>
    Choice,

    /// <summary>Any of several answers.</summary>
    Choices,

    /// <summary>Latitude and longitude, at times with altitude and accuracy.</summary>
    Point,

    /// <summary>The id of a person or place.</summary>
    Contact,
}
