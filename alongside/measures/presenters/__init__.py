"""What the pages say and draw of the answers. Nothing here judges, ranks or colours one."""
