using System.CommandLine;
using Tributary.Cli;
using Tributary.Cli.Commands;

var root = new RootCommand("Tributary brings health data into a PostgreSQL warehouse and out again as numbers that people can trust.");
GlobalOptions.AddTo(root);
foreach (var command in Verbs.All()) root.Add(command);

var parsed = root.Parse(args);
return await parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = DbCommand.IsPsql(parsed) ? null : TimeSpan.FromSeconds(10),
});
