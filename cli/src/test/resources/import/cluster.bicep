param name string
resource aks 'Microsoft.ContainerService/managedClusters@2025-09-01' = {
}
